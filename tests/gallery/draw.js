// Draws one card at several widths and in both themes, with the newer elements that the open renderer does not know.
// window.ICONS maps "Name|regular" and "Name|filled" to SVG source.
"use strict";

const AC = window.AdaptiveCards;
const TONES = { good: "good", warning: "warning", attention: "attention", accent: "accent" };
const ICON_SIZES = { xxsmall: 12, xsmall: 16, small: 20, standard: 24, medium: 28, large: 32, xlarge: 40, xxlarge: 48 };
const GAPS = { none: 0, extrasmall: 4, small: 8, default: 12, medium: 16, large: 20, extralarge: 24, padding: 16 };
const WIDTHS = ["verynarrow", "narrow", "standard", "wide"];
const BREAKS = [216, 345, 500];

const lower = (word) => String(word ?? "").toLowerCase();
const gap = (name) => `${GAPS[lower(name)] ?? GAPS.default}px`;

function html(tag, className, style, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  Object.assign(made.style, style);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function sign(name, style, pixels, colour) {
  const source = window.ICONS[`${name}|${lower(style) === "filled" ? "filled" : "regular"}`];
  const made = html("span", "sign", { width: `${pixels}px`, height: `${pixels}px`, color: colour });
  made.innerHTML = source ?? "?";
  return made;
}

function across(element, alignment) {
  const side = { center: "center", right: "flex-end" }[lower(alignment)] ?? "flex-start";
  return html("div", "across", { justifyContent: side }, element);
}

// ---- what fits the width stays, the rest leaves before the card is parsed

function fits(target, width) {
  const is = BREAKS.filter((each) => width > each).length;
  const [how, name] = lower(target).split(":");
  if (!name) return is === WIDTHS.indexOf(how);
  return how === "atleast" ? is >= WIDTHS.indexOf(name) : is <= WIDTHS.indexOf(name);
}

function fitted(part, width) {
  if (Array.isArray(part)) {
    return part.filter((each) => !each?.targetWidth || fits(each.targetWidth, width)).map((each) => fitted(each, width));
  }
  if (part === null || typeof part !== "object") return part;
  const kept = {};
  for (const [name, value] of Object.entries(part)) {
    if (name !== "targetWidth" && name !== "fallback") kept[name] = fitted(value, width);
  }
  return kept;
}

// ---- the newer elements

function define(type, draw) {
  class Drawn extends AC.CardElement {
    getJsonTypeName() { return type; }
    internalParse(source, context) { super.internalParse(source, context); this.source = source; }
    internalRender() { return draw(this.source); }
  }
  AC.GlobalRegistry.defaultElements.register(type, Drawn);
}

define("Icon", (icon) => {
  const colour = TONES[lower(icon.color)] ?? "ink";
  return across(sign(icon.name, icon.style, ICON_SIZES[lower(icon.size)] ?? 24, `var(--${colour})`), icon.horizontalAlignment);
});

define("Badge", (badge) => {
  const tone = TONES[lower(badge.style)];
  const colours = tone
    ? { color: `var(--${tone})`, background: `var(--tint-${tone})`, borderColor: `var(--line-${tone})` }
    : { color: "var(--faint)", background: "var(--emphasis)", borderColor: "var(--edge)" };
  const [name, style] = String(badge.icon ?? "").split(",");
  return across(html("span", "badge", colours, name ? sign(name, style, 16, "inherit") : null, badge.text ?? ""), badge.horizontalAlignment);
});

define("ProgressBar", (bar) => {
  const share = Math.max(0, Math.min(1, (bar.value ?? 0) / (bar.max ?? 100)));
  const colour = `var(--${TONES[lower(bar.color)] ?? "brand"})`;
  return html("div", "bar", {}, html("i", "", { width: `${share * 100}%`, background: colour }));
});

// Numbers on an axis are written as the reader of the card writes them.
let speaks = "da";

const seriesColour = (number) => `var(--series-${(number % 4) + 1})`;

function plot(chart, series, drawSeries) {
  const [width, height, left, bottom, top] = [560, 230, 30, 24, 8];
  const names = [...new Set(series.flatMap((each) => each.values.map((value) => value.x)))];
  const all = series.flatMap((each) => each.values.map((value) => value.y));
  const low = chart.yMin ?? Math.min(0, ...all);
  const high = chart.yMax ?? Math.max(...all, low + 1);
  const y = (value) => top + (height - bottom - top) * (1 - (value - low) / (high - low));
  const step = (width - left) / names.length;
  const x = (name) => left + step * (names.indexOf(name) + 0.5);
  const drawn = svg("svg", { viewBox: `0 0 ${width} ${height}`, width: "100%", role: "img", "aria-label": chart.title ?? "" });
  for (let line = 0; line <= 4; line += 1) {
    const value = low + ((high - low) * line) / 4;
    drawn.append(
      svg("line", { x1: left, x2: width, y1: y(value), y2: y(value), style: "stroke: var(--rule)" }),
      svg("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, (Math.round(value * 100) / 100).toLocaleString(speaks)),
    );
  }
  for (const name of names) drawn.append(svg("text", { x: x(name), y: height - 6, "text-anchor": "middle" }, String(name)));
  drawSeries(drawn, { x, y, step, ground: y(low) });
  const legend = series.map((each, number) => html("span", "", {}, html("i", "", { background: seriesColour(number) }), each.legend ?? ""));
  return html("div", "chart", {}, drawn, series.length > 1 ? html("div", "legend", {}, ...legend) : null);
}

function bars(chart, series) {
  return plot(chart, series, (drawn, { x, y, step, ground }) => {
    const wide = Math.min(28, (step * 0.7) / series.length);
    series.forEach((each, number) => {
      for (const value of each.values) {
        const from = x(value.x) + wide * (number - series.length / 2);
        const shape = { x: from + 1, y: y(value.y), width: wide - 2, height: Math.max(0, ground - y(value.y)), rx: 2 };
        drawn.append(svg("rect", { ...shape, style: `fill: ${seriesColour(number)}` }));
      }
    });
  });
}

define("Chart.VerticalBar", (chart) => bars(chart, [{ values: chart.data }]));
define("Chart.VerticalBar.Grouped", (chart) => bars(chart, chart.data));
define("Chart.Line", (chart) => plot(chart, chart.data, (drawn, { x, y }) => {
  chart.data.forEach((each, number) => {
    const points = each.values.map((value) => [x(value.x), y(value.y)]);
    drawn.append(svg("polyline", { points: points.join(" "), style: `fill: none; stroke: ${seriesColour(number)}; stroke-width: 2.5` }));
    for (const [cx, cy] of points) {
      drawn.append(svg("circle", { cx, cy, r: 3.5, style: `fill: var(--card); stroke: ${seriesColour(number)}; stroke-width: 2` }));
    }
  });
}));

// ---- what the newer clients add to containers

class Container extends AC.Container {
  internalParse(source, context) { super.internalParse(source, context); this.source = source; }
  internalRender() {
    const made = super.internalRender();
    if (!made) return made;
    if (this.source.roundedCorners) made.style.borderRadius = "6px";
    const flow = (this.source.layouts ?? []).find((layout) => layout.type === "Layout.Flow");
    return flow ? this.flowing(made, flow) : made;
  }
  flowing(made, flow) {
    const items = Array.from({ length: this.getItemCount() }, (_, number) => this.getItemAt(number).renderedElement);
    made.replaceChildren(...items.filter(Boolean));
    Object.assign(made.style, { flexDirection: "row", flexWrap: "wrap", alignItems: "stretch", columnGap: gap(flow.columnSpacing), rowGap: gap(flow.rowSpacing) });
    for (const item of made.children) {
      const least = flow.itemWidth ?? flow.minItemWidth ?? "0px";
      item.style.flex = lower(flow.itemFit) === "fill" ? `1 1 ${least}` : `0 0 ${flow.itemWidth ?? "auto"}`;
      item.style.minWidth = flow.minItemWidth ?? "";
      item.style.maxWidth = flow.maxItemWidth ?? "";
    }
    return made;
  }
}
AC.GlobalRegistry.defaultElements.register("Container", Container);

AC.Spacing[(AC.Spacing.ExtraSmall = 90)] = "ExtraSmall";
AC.CardElement.spacingProperty.values.push({ value: AC.Spacing.ExtraSmall });
const spacingOf = AC.HostConfig.prototype.getEffectiveSpacing;
AC.HostConfig.prototype.getEffectiveSpacing = function (spacing) {
  return spacing === AC.Spacing.ExtraSmall ? GAPS.extrasmall : spacingOf.call(this, spacing);
};

// ---- how Teams sets its cards

const colour = (name, subtle = name) => ({ default: `var(--${name})`, subtle: `var(--${subtle})` });
const INKS = {
  default: colour("ink", "faint"), light: colour("ink", "faint"), dark: colour("ink", "faint"),
  accent: colour("accent"), good: colour("good"), warning: colour("warning"), attention: colour("attention"),
};
const box = (name) => ({ backgroundColor: `var(--${name})`, foregroundColors: INKS, borderColor: "var(--rule)" });
const SIZES = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
const FONT = { fontFamily: "'Segoe UI','Open Sans',sans-serif", fontSizes: SIZES, fontWeights: { lighter: 300, default: 400, bolder: 600 } };
const HOST = new AC.HostConfig({
  supportsInteractivity: true,
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: "var(--rule)" },
  imageSizes: { small: 32, medium: 52, large: 100 },
  fontTypes: { default: FONT, monospace: { ...FONT, fontFamily: "monospace" } },
  textStyles: { heading: { size: "large", weight: "bolder", color: "default", isSubtle: false, fontType: "default" } },
  containerStyles: {
    default: box("card"), emphasis: box("emphasis"), accent: box("tint-accent"),
    good: box("tint-good"), warning: box("tint-warning"), attention: box("tint-attention"),
  },
  actions: { maxActions: 6, spacing: "default", buttonSpacing: 8, actionsOrientation: "horizontal", actionAlignment: "left", allowTitleToWrap: false },
  inputs: {
    label: {
      inputSpacing: "extraSmall",
      requiredInputs: { weight: "default", suffix: " *", suffixColor: "attention" },
      optionalInputs: { weight: "default" },
    },
    errorMessage: { color: "attention", size: "small", spacing: "extraSmall", weight: "default" },
  },
  factSet: { title: { weight: "bolder", wrap: true, maxWidth: 150 }, value: { wrap: true }, spacing: 16 },
});

const markdown = window.markdownit();
AC.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown.render(text);
  result.didProcess = true;
};

// ---- one card, every width and theme, side by side

function frame(card, width, theme) {
  const inside = width - 32;
  const context = new AC.SerializationContext();
  const adaptive = new AC.AdaptiveCard();
  adaptive.hostConfig = HOST;
  // The renderer's own test of a language remembers its last answer, and would refuse every second card.
  const { lang, ...spoken } = fitted(card, inside);
  speaks = lang || "da";
  adaptive.parse(spoken, context);
  // A form of its own, or the four looks would share one choice of each group of radio buttons.
  const drawn = html("form", "card", {});
  drawn.lang = lang ?? "";
  const made = html("div", "frame", { width: `${width}px` }, drawn);
  made.dataset.theme = theme;
  document.getElementById("sheet").append(made);
  drawn.append(adaptive.render());
  for (const image of drawn.querySelectorAll("img[src^='icon:']")) {
    const [name, style] = image.getAttribute("src").slice(5).split(",");
    image.replaceWith(sign(name, style, 20, "inherit"));
  }
  for (const select of drawn.querySelectorAll("select")) select.parentElement.classList.add("picker");
  const complaints = Array.from({ length: context.eventCount }, (_, number) => context.getEventAt(number).message);
  return { made, complaints: [...complaints, ...clipped(drawn).map((text) => `clipped: ${text}`)] };
}

function clipped(drawn) {
  const edge = drawn.getBoundingClientRect().right;
  const found = [...drawn.querySelectorAll("*")].filter((each) => {
    if (each.closest("svg") || !each.getClientRects().length || each.tagName === "TEXTAREA" || each.tagName === "INPUT") return false;
    const hidden = getComputedStyle(each).overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1;
    return hidden || each.getBoundingClientRect().right > edge + 1;
  });
  return found.map((each) => each.textContent.trim().slice(0, 60)).slice(0, 5);
}

window.draw = (card, widths, themes) => {
  document.getElementById("sheet").replaceChildren();
  return widths.flatMap((width) => themes.map((theme) => {
    const { made, complaints } = frame(card, width, theme);
    return { width, theme, complaints, made };
  })).map(({ made, ...told }) => {
    const { x, y, width, height } = made.getBoundingClientRect();
    return { ...told, box: [x, y, x + width, y + height] };
  });
};
