"""What a person sees: the kit, one module per flow, and the words in Danish and English."""
