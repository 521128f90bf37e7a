/** The code editor: CodeMirror, with what the TypeScript compiler knows. */

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { ask } from "./compiler.js";
import { theme } from "./editor-theme.js";
import { code, edit, problems, trouble } from "./own-state.js";

/** Milliseconds without a keystroke before the compiler is asked. */
const PAUSE = 250;

let shown: EditorView | undefined;

/** Puts the cursor at the beginning of a line, counted from 1, and shows it. */
export function goTo(line: number): void {
  if (shown === undefined || line > shown.state.doc.lines) return;
  const { from } = shown.state.doc.line(line);
  shown.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  shown.focus();
}

export function Editor() {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    // In a shadow tree the editor's styles are objects. Elsewhere they would be an element, which the page's policy forbids.
    const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
    const view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({ doc: code.peek(), extensions }),
    });
    shown = view;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stops = [
      effect(() => {
        const text = code.value;
        if (text !== view.state.doc.toString())
          view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
        clearTimeout(timer);
        timer = setTimeout(() => void lookAt(text), problems.peek() === undefined ? 0 : PAUSE);
      }),
      effect(() => view.dispatch(setDiagnostics(view.state, diagnosticsIn(view.state)))),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
      view.destroy();
      shown = undefined;
    };
  }, []);
  return <div class="editor" ref={host} />;
}

async function lookAt(text: string): Promise<void> {
  try {
    const found = await ask({ ask: "problems", code: text });
    if (text === code.peek()) problems.value = found;
  } catch (error) {
    trouble.value = { message: error instanceof Error ? error.message : String(error), line: undefined };
  }
}

/** What the compiler found, and the error of the last run. */
function diagnosticsIn({ doc }: EditorState): Diagnostic[] {
  const found = (problems.value ?? []).filter(({ to }) => to <= doc.length);
  const { message, line } = trouble.value ?? {};
  if (message === undefined || line === undefined || line > doc.lines) return [...found];
  const { from, to } = doc.line(line);
  return [...found, { from, to, severity: "error", message }];
}

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos: at, explicit } = context;
  if (!explicit && context.matchBefore(/[\w$.]$/) === null) return null;
  const text = state.doc.toString();
  const found = await ask({ ask: "completions", code: text, at });
  if (found === undefined || context.aborted) return null;
  const options = found.entries.map(
    ({ name, kind, order }): Completion => ({
      label: name,
      type: KINDS[kind] ?? "variable",
      // Names of the code come before those of the language, as TypeScript sorts them.
      boost: 20 - Number.parseInt(order, 10) || 0,
      info: async () => {
        const about = document.createElement("div");
        about.textContent = await ask({ ask: "about", code: text, at, name });
        return about.textContent === "" ? null : about;
      },
    }),
  );
  return { from: found.from, options, validFor: /^[\w$]*$/ };
}

/** CodeMirror's word for TypeScript's kind of name. */
const KINDS: Readonly<Record<string, string>> = {
  method: "method",
  property: "property",
  function: "function",
  keyword: "keyword",
  class: "class",
  interface: "interface",
  type: "type",
  const: "constant",
  module: "namespace",
};

const types = hoverTooltip(async (view, at) => {
  const found = await ask({ ask: "hover", code: view.state.doc.toString(), at });
  if (found === undefined) return null;
  return {
    pos: found.from,
    end: found.to,
    above: true,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "cm-type";
      dom.textContent = found.text;
      return { dom };
    },
  };
});

const extensions = [
  lineNumbers(),
  lintGutter(),
  history(),
  drawSelection(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  autocompletion({ override: [complete] }),
  types,
  javascript({ typescript: true }),
  theme,
  // Tab leaves the editor, as everywhere on the page.
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
  EditorView.contentAttributes.of({ "aria-label": "Code of your environment", spellcheck: "false", tabindex: "0" }),
  EditorView.updateListener.of(({ docChanged, state }) => {
    if (docChanged) edit(state.doc.toString());
  }),
];
