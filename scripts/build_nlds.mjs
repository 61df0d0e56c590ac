// Makes the static copy of the NL Design System components that the plugin uses:
//
//     node scripts/build_nlds.mjs
//
// It fetches two pinned packages from npm into a temporary folder, keeps the rules of the
// components below and the sizes that they need, and writes goedwerk_forum/nlds.css. Colours and
// type are ours (goedwerk.tokens.css), so none are taken from the example theme. After raising a
// version: run it, and compare the screenshots of the forms.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const COMPONENTS = { name: "@utrecht/component-library-css", version: "9.0.4", file: "dist/index.css" };
const TOKENS = {
  name: "@nl-design-system-unstable/voorbeeld-design-tokens",
  version: "7.4.1",
  file: "dist/theme.css",
};
const KEPT = [
  "alert", "button", "checkbox", "form-field-description", "form-field-error-message",
  "pagination", "radio-button", "textarea", "textbox",
];
const MODIFIERS = [
  "error", "html-input", "html-textarea", "info", "invalid", "primary-action",
  "secondary-action", "submit",
];
const OUR_FOLDER = join(
  dirname(fileURLToPath(import.meta.url)),
  "../forum/goedwerk_forum/static/goedwerk_forum",
);

function fetched({ name, version, file }) {
  const folder = mkdtempSync(join(tmpdir(), "nlds-"));
  try {
    const run = (command, args) => execFileSync(command, args, { cwd: folder, encoding: "utf8" });
    const [packed] = JSON.parse(run("npm", ["pack", `${name}@${version}`, "--json", "--silent"]));
    run("tar", ["xzf", packed.filename]);
    const { license } = JSON.parse(readFileSync(join(folder, "package/package.json"), "utf8"));
    if (license !== "EUPL-1.2") throw new Error(`${name} has another licence now: ${license}`);
    return readFileSync(join(folder, "package", file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The rules of a stylesheet as [head, body]; a body may hold rules again. */
function* rules(css) {
  let at = 0;
  for (let open = css.indexOf("{"); open >= 0; open = css.indexOf("{", at)) {
    const head = css.slice(at, open).split(";").pop().trim();
    let depth = 1;
    let end = open + 1;
    for (; depth; end += 1) depth += { "{": 1, "}": -1 }[css[end]] ?? 0;
    yield [head, css.slice(open + 1, end - 1)];
    at = end;
  }
}

const splitList = (head) => head.split(/,(?![^()]*\))/).map((selector) => selector.trim());

/** Whether a selector is about what we keep; :invalid would mark a form that nobody filled in. */
function isKept(selector) {
  const named = selector.replace(/:not\([^)]*\)/g, "");
  const classes = [...named.matchAll(/\.utrecht-([a-z0-9-]+?)(?:__[a-z]+(?:-[a-z]+)*)?(?:--([a-z-]+))?(?![a-z_-])/g)];
  return (
    classes.length > 0 &&
    !/:(user-)?invalid|:disabled|:read-only|:active|page-link(?!\w)|\[aria-disabled/.test(
      named.replaceAll("relative-link", ""),
    ) &&
    classes.every(([, block, modifier]) => KEPT.includes(block) && (!modifier || MODIFIERS.includes(modifier)))
  );
}

function keptRules(css) {
  const kept = [];
  for (const [head, body] of rules(css)) {
    if (head.startsWith("@media")) {
      const inner = keptRules(body);
      if (inner) kept.push(`${head}{${inner}}`);
    } else if (!head.startsWith("@")) {
      const selectors = splitList(head).filter(isKept);
      if (selectors.length && body.trim()) kept.push(`${selectors.join(",")}{${compact(body)}}`);
    }
  }
  return kept.join("\n");
}

const compact = (body) =>
  body
    .replace(/\s+/g, " ")
    .replace(/\s*([:;,])\s*/g, "$1")
    .replace(/\(\s+/g, "(")
    .replace(/\s+\)/g, ")")
    .trim()
    .replace(/;$/, "");

const IS_COLOUR = /#[0-9a-f]{3,8}\b|rgb|hsl|transparent|currentcolor|white|black/i;
const IS_OURS = /color|font|line-height|shadow/;

/** The example theme's value of a token, followed to its end; null where it is a colour or type. */
function resolved(name, tokens, seen = []) {
  const value = tokens.get(name);
  if (value === undefined || seen.includes(name) || IS_OURS.test(name)) return null;
  const reference = value.match(/^var\((--[\w-]+)\)$/);
  const end = reference ? resolved(reference[1], tokens, [...seen, name]) : value;
  return end === null || end.includes("var(") || IS_COLOUR.test(end) ? null : end;
}

function neededTokens(css, themeCss) {
  const [[, body]] = [...rules(themeCss)];
  const tokens = new Map([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name, value.trim()]));
  const ours = readFileSync(join(OUR_FOLDER, "goedwerk.tokens.css"), "utf8");
  const used = new Set([...css.matchAll(/var\((--utrecht-[\w-]+)/g)].map(([, name]) => name));
  return [...used]
    .sort()
    .filter((name) => !ours.includes(`${name}:`))
    .map((name) => [name, resolved(name, tokens)])
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}:${value}`);
}

const components = keptRules(fetched(COMPONENTS));
const sizes = neededTokens(components, fetched(TOKENS));
const header = `/* NL Design System, a static copy: made by scripts/build_nlds.mjs, do not edit.
   ${COMPONENTS.name} ${COMPONENTS.version}: ${KEPT.join(", ")}.
   ${TOKENS.name} ${TOKENS.version}: the sizes that these need.
   Both EUPL-1.2, copyright Gemeente Utrecht, Frameless B.V. and the NL Design System community.
   Changed: fewer components, variants and states; no colours and type of the example theme. */
`;
writeFileSync(
  join(OUR_FOLDER, "nlds.css"),
  `${header}:where(.gw:not(.gw *)){${sizes.join(";")}}\n${components}\n`,
);
