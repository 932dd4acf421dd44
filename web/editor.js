// The editor of SPARQL: colours, completion from the store, errors at their place. The field stays what is sent.

import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { linter, lintGutter, lintKeymap } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";

const KEYWORDS = [
  "ASK", "BIND", "BOUND", "CONSTRUCT", "CONTAINS", "COUNT", "DESCRIBE", "DISTINCT", "EXISTS", "FILTER", "GRAPH",
  "GROUP BY", "GROUP_CONCAT", "HAVING", "LANG", "LCASE", "LIMIT", "MAX", "MIN", "MINUS", "NOT EXISTS", "OFFSET",
  "OPTIONAL", "ORDER BY", "PREFIX", "REGEX", "SAMPLE", "SELECT", "STR", "STRSTARTS", "SUM", "UNION", "VALUES", "WHERE",
];

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword)", fontWeight: "600" },
  { tag: [tags.variableName, tags.local(tags.variableName)], color: "var(--code-variable)" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--code-literal)" },
  { tag: [tags.url, tags.namespace, tags.propertyName, tags.labelName], color: "var(--code-name)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);

const theme = EditorView.theme({
  "&": { backgroundColor: "var(--sheet)", color: "var(--ink)", fontSize: ".92rem" },
  "&.cm-focused": { outline: ".15rem solid var(--red)", outlineOffset: ".1rem" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", minHeight: "16rem", maxHeight: "32rem" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".6rem 0" },
  ".cm-gutters": { backgroundColor: "var(--wash)", color: "var(--soft)", border: "0" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--wash) 55%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "color-mix(in srgb, var(--cited) 75%, transparent)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", color: "var(--ink)", border: "1px solid var(--line)", borderRadius: ".3rem", fontSize: ".88rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--red)", color: "var(--paper)" },
  ".cm-completionDetail": { fontStyle: "normal", opacity: ".75" },
  ".cm-diagnostic-error": { borderLeft: ".25rem solid var(--warn)" },
});

/** Where a line and a column of code points lie. */
function offset(doc, line, column) {
  const text = doc.line(Math.min(Math.max(line, 1), doc.lines));
  return Math.min(text.from + [...text.text].slice(0, Math.max(column - 1, 0)).join("").length, text.to);
}

/** What is wrong, as the parser of the server says it. */
async function problems(view, address) {
  const text = view.state.doc.toString();
  if (!text.trim()) return [];
  const reply = await fetch(address, { method: "POST", headers: { "content-type": "application/sparql-query", accept: "application/json" }, body: text });
  if (!reply.ok) return [];
  return (await reply.json()).problems.map(({ line, column, message, hint }) => {
    const from = offset(view.state.doc, line ?? 1, column ?? 1);
    const word = /^[^\s{}()<>.;,]+/.exec(view.state.sliceDoc(from, from + 80));
    const to = Math.min(from + (word ? word[0].length : 1), view.state.doc.length);
    return { from: Math.min(from, to), to, severity: "error", message: hint ? `${message} ${hint}` : message };
  });
}

/** Puts a name in, and declares its prefix where the query does not. */
function put(term) {
  return (view, _completion, from, to) => {
    const changes = [{ from, to, insert: term.insert }];
    const declared = new RegExp(`prefix\\s+${term.prefix}:`, "i").test(view.state.doc.toString());
    if (term.prefix && !declared) changes.unshift({ from: 0, insert: `PREFIX ${term.prefix}: <${term.namespace}>\n` });
    const added = changes.length > 1 ? changes[0].insert.length : 0;
    view.dispatch({ changes, selection: { anchor: from + added + term.insert.length }, userEvent: "input.complete" });
  };
}

/** Names from the store, keywords, and the variables of the query. */
function completions(address) {
  return async (context) => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) {
      const names = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
      names.delete(variable.text);
      return { from: variable.from, options: [...names].map((label) => ({ label, type: "variable" })), validFor: /^[?$]\w*$/ };
    }
    const word = context.matchBefore(/[\p{L}\p{N}_-]*:?[\p{L}\p{N}_.-]*/u);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const reply = await fetch(`${address}?q=${encodeURIComponent(word.text)}`);
    const terms = reply.ok ? await reply.json() : [];
    if (context.aborted) return null;
    const options = terms.map((term) => ({ label: term.insert, displayLabel: term.insert, detail: term.label, info: term.kind, type: term.type, apply: put(term), boost: 1 }));
    const upper = word.text.toUpperCase();
    if (!word.text.includes(":")) options.push(...KEYWORDS.filter((one) => one.startsWith(upper)).map((label) => ({ label, type: "keyword", boost: 2 })));
    return { from: word.from, options, filter: false };
  };
}

/** Puts in what is typed, before the browser does: Chromium tries styles of its own there, which the policy stops. */
const typing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== "insertText" || event.data === null || view.composing) return false;
    event.preventDefault();
    const { from, to } = view.state.selection.main;
    const insert = () => view.state.update(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handler) => handler(view, from, to, event.data, insert))) view.dispatch(insert());
    return true;
  },
});

/** Puts the editor in the place of a field, which keeps what is sent. */
function edit(field) {
  const host = document.createElement("div");
  host.className = "editor";
  // In a tree of its own, style sheets are adopted, which the policy of the page allows.
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(), highlightActiveLine(), lintGutter(),
        typing, sparql(), syntaxHighlighting(colours), theme, EditorView.lineWrapping,
        autocompletion({ override: [completions(field.dataset.terms)] }),
        linter((view) => problems(view, field.dataset.check), { delay: 400 }),
        keymap.of([
          { key: "Mod-Enter", run: () => (field.form.requestSubmit(), true) },
          { key: "Tab", run: acceptCompletion }, // with no list open, Tab leaves the editor, as in any field
          ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap,
        ]),
        EditorView.contentAttributes.of({ "aria-label": "Query, in SPARQL", spellcheck: "false", autocapitalize: "off" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) field.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  field.after(host);
  field.hidden = true;
  document.querySelector(`label[for="${field.id}"]`)?.addEventListener("click", (event) => {
    event.preventDefault();
    view.focus();
  });
}

const field = document.querySelector("textarea[data-editor]");
if (field) edit(field);
