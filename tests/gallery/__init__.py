"""Every example card as a picture: phone and desktop, light and dark, Danish and English."""
