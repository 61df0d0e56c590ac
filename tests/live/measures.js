/* What the examiner measures in the page itself; evaluates to one object of functions. */
() => {
  if (window.__measures) return;

  /* Nothing is on its way from one colour to another while it is measured. */
  const still = new CSSStyleSheet();
  still.replaceSync(
    "*, ::before, ::after { transition: none !important; animation: none !important; scroll-behavior: auto !important; }",
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still];

  const CONTROLS = "button, input:not([type=hidden]), select, textarea, summary, [role=button]";
  const FOCUSABLE =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex^='-'])";
  const SPACING = `
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`;

  const called = (element) => {
    const words = (element.getAttribute("aria-label") || element.textContent || "").trim();
    const kind = typeof element.className === "string" ? element.className.split(/\s+/)[0] : "";
    const name = element.id ? `#${element.id}` : kind ? `.${kind}` : "";
    return `<${element.localName}${name}> ${words.replace(/\s+/g, " ").slice(0, 40)}`;
  };

  const isVisible = (element) => {
    const box = element.getBoundingClientRect();
    return (
      box.width > 1 &&
      box.height > 1 &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      !element.closest("[inert], dialog:not([open]), .gw-vh, .w-sr-only")
    );
  };

  /* In the admin much of what stands around our words is Wagtail's own. */
  const WAGTAILS =
    ".w-slim-header, .w-header, .w-minimap, #w-minimap-toggle, .form-side, .sidebar, .w-panel__header, .w-human-readable-date";
  const isOurs = (element) => !element.closest(WAGTAILS);

  /* An element and all that it stands in. */
  const withAround = (element) => {
    const all = [];
    for (let one = element; one; one = one.parentElement) all.push(one);
    return all;
  };

  /* Whether it stands in something that can be scrolled, within the part that is ours. */
  const scrolls = (element, part) =>
    withAround(element.parentElement)
      .filter((one) => one !== part && part.contains(one))
      .some((one) => /auto|scroll/.test(getComputedStyle(one).overflowX));

  /* A page that is wider than its window; what of ours goes on past the edge, where something
     around it cuts it off, as the admin does. */
  const tooWide = (scope, leftOut = "") => {
    const parts = [...document.querySelectorAll(scope)];
    const { scrollWidth, clientWidth } = document.documentElement;
    const edge = clientWidth + 1;
    const cutOff = parts
      .flatMap((part) => [...part.querySelectorAll("*")].filter((element) => !scrolls(element, part)))
      .filter((element) => element.getBoundingClientRect().right > edge)
      .filter((element) => isOurs(element) && isVisible(element))
      .filter((element) => !leftOut || !element.closest(leftOut))
      .map((element) => `past the edge: ${called(element)}`);
    return scrollWidth > clientWidth
      ? [`${scrollWidth} wide in ${clientWidth}`]
      : cutOff.slice(0, 3);
  };

  /* Controls that are smaller than 24 × 24; what a label makes larger counts. */
  const smallTargets = (scope) =>
    [...document.querySelectorAll(scope)]
      .flatMap((part) => [...part.querySelectorAll(CONTROLS)])
      .filter((control) => isOurs(control) && isVisible(control))
      .filter((control) =>
        [control, ...(control.labels || [])]
          .map((one) => one.getBoundingClientRect())
          .every((box) => box.width < 23.9 || box.height < 23.9),
      )
      .map(called);

  const hasWords = (element) =>
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  const cuts = (element) => {
    const style = getComputedStyle(element);
    const wide = element.scrollWidth > element.clientWidth + 1 && /hidden|clip/.test(style.overflowX);
    const high = element.scrollHeight > element.clientHeight + 1 && /hidden|clip/.test(style.overflowY);
    return wide || high;
  };

  /* Text that is cut off once letters, words and lines stand as far apart as WCAG 1.4.12 says. */
  const clippedWhenSpaced = (scope) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SPACING);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const clipped = [...document.querySelectorAll(scope)]
      .flatMap((part) => [...part.querySelectorAll("*")])
      .filter((element) => isOurs(element) && !element.closest("svg, [aria-hidden=true]"))
      // Wagtail's script makes such a box as high as its words, when it opens or is typed in.
      .filter((element) => !element.matches("textarea[data-controller~=w-autosize]"))
      .filter((element) => isVisible(element) && cuts(element))
      .filter((element) => [element, ...element.querySelectorAll("*")].some(hasWords))
      .map(called);
    // Words in a picture cannot go on below; they stand in the table beside it, that can.
    const wide = tooWide(scope, "svg");
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    return [...clipped, ...wide];
  };

  const look = (element) => {
    const style = getComputedStyle(element);
    const outline =
      style.outlineStyle === "none" || parseFloat(style.outlineWidth) === 0
        ? ""
        : `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
    return [outline, style.boxShadow, style.borderColor, style.backgroundColor].join("|");
  };

  /* Around an element and what a label or a picture draws for it. */
  const looks = (element) =>
    [element, ...(element.labels || []), element.parentElement, element.nextElementSibling]
      .filter(Boolean)
      .map(look)
      .join("\n");

  const isCovered = (element) => {
    const boxes = [...element.getClientRects()];
    const points = boxes.flatMap((box) =>
      [0.1, 0.5, 0.9].flatMap((x) =>
        [0.2, 0.5, 0.8].map((y) => [box.left + box.width * x, box.top + box.height * y]),
      ),
    );
    return !points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      if (!top) return false;
      const theirs = [element, ...(element.labels || [])];
      return theirs.some((one) => one.contains(top) || top.contains(one));
    });
  };

  /* What has focus without showing it, or behind something else; of a group of radios, one. */
  const focusNotSeen = (scope) => {
    const had = document.activeElement;
    const groups = new Set();
    const problems = [];
    for (const element of [...document.querySelectorAll(scope)].flatMap((part) => [
      ...part.querySelectorAll(FOCUSABLE),
    ])) {
      if (element.disabled || !isOurs(element) || !isVisible(element)) continue;
      if (element.type === "radio") {
        if (groups.has(element.name)) continue;
        groups.add(element.name);
      }
      if (document.activeElement) document.activeElement.blur();
      const before = looks(element);
      element.focus();
      if (document.activeElement !== element) continue;
      if (looks(element) === before) problems.push(`no focus to be seen at ${called(element)}`);
      else if (isCovered(element)) problems.push(`focus behind something at ${called(element)}`);
    }
    if (document.activeElement) document.activeElement.blur();
    // Tooltips that came with focus wait for the end of a motion to go, and nothing moves here.
    for (const root of document.querySelectorAll("[data-tippy-root]")) root._tippy?.unmount();
    if (had && had !== document.body) had.focus({ preventScroll: true });
    // Also in a part of the page that scrolls by itself, as the admin does.
    for (const one of document.querySelectorAll("*")) if (one.scrollTop) one.scrollTop = 0;
    return problems;
  };

  const pixel = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

  /* A CSS colour, in whatever notation, over [red, green, blue], as such. */
  const over = (below, colour) => {
    for (const one of [`rgb(${below})`, colour]) {
      pixel.fillStyle = one;
      pixel.fillRect(0, 0, 1, 1);
    }
    return [...pixel.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };

  const mixed = (below, above, opacity) =>
    below.map((part, number) => Math.round(part + (above[number] - part) * opacity));

  /* The colour of words, or without them of the plane they stand on, where elements lie in each
     other: what is not opaque lets through what is below it, with all that stands in it. */
  const shownColour = ([outer, ...inner], words, below = [255, 255, 255]) => {
    if (!outer) return words ? over(below, words) : below;
    const { backgroundColor, opacity } = getComputedStyle(outer);
    return mixed(below, shownColour(inner, words, over(below, backgroundColor)), Number(opacity));
  };

  const luminance = (rgb) => {
    const [red, green, blue] = rgb
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  /* Words against the planes they stand on, where axe gave up: 4.5 : 1, or 3 : 1 if large. */
  const isPale = (element) => {
    const style = getComputedStyle(element);
    const words = element instanceof SVGElement ? style.fill : style.color;
    const elements = withAround(element).reverse();
    const [light, dark] = [shownColour(elements), shownColour(elements, words)]
      .map(luminance)
      .sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    return (light + 0.05) / (dark + 0.05) < (isLarge ? 3 : 4.5);
  };

  /* What decides about the contrast of words: their colour, size and planes; each kind once. */
  const wordsOnPlanes = () => {
    const kinds = [...document.body.querySelectorAll("*")]
      .filter((element) => hasWords(element) || element.matches("input, select, textarea"))
      .filter(isVisible)
      .map((element) => {
        const style = getComputedStyle(element);
        const planes = withAround(element).map((one) => {
          const { backgroundColor, backgroundImage, opacity } = getComputedStyle(one);
          return `${backgroundColor} ${backgroundImage} ${opacity}`;
        });
        const size = parseFloat(style.fontSize);
        const isLarge = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
        return [style.color, style.fill, isLarge, ...new Set(planes)].join("|");
      });
    return [...new Set(kinds)];
  };

  /* axe with its options: violations, and what it could not decide with who explains it.
     An explanation holds for the reasons of axe itself that it names, or for where axe gives none.
     It hands over the elements: to find a selector for each that it looked at takes it as long as
     the looking. */
  const axeFinds = async (options, explained) => {
    const result = await axe.run(document, {
      ...options,
      resultTypes: ["violations", "incomplete"],
      elementRef: true,
      selectors: false,
    });
    const used = new Set();
    const checks = (node) => [...node.any, ...node.all, ...node.none];
    const reasons = (node) => checks(node).map((check) => check.data?.messageKey || "");
    const explains = (rule, node) => {
      const by = explained.findIndex(
        (one) =>
          one.rule === rule &&
          reasons(node).every((reason) => (one.because || [""]).includes(reason)) &&
          node.element?.matches(one.selector),
      );
      if (by >= 0) used.add(by);
      return by >= 0;
    };
    const shown = (node) => (node.element ? called(node.element) : node.html.slice(0, 80));
    const problems = result.violations.map(
      (one) => `${one.id} at ${one.nodes.slice(0, 3).map(shown).join(", ")}`,
    );
    const undecided = [];
    for (const one of result.incomplete) {
      for (const node of one.nodes) {
        if (!explains(one.id, node)) {
          const why = checks(node).map((check) => check.message)[0] || "";
          const kind = [...new Set(reasons(node))].join(", ");
          undecided.push(`undecided: ${one.id} at ${shown(node)}: ${kind}: ${why.slice(0, 120)}`);
        } else if (one.id === "color-contrast" && isPale(node.element))
          problems.push(`pale: ${called(node.element)}`);
      }
    }
    const seen = result.passes.length + result.violations.length + result.incomplete.length;
    return { problems: [...problems, ...undecided.slice(0, 4)], used: [...used], seen };
  };

  window.__measures = { wordsOnPlanes, tooWide, smallTargets, clippedWhenSpaced, focusNotSeen, axeFinds };
}
