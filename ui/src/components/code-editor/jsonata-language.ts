import { StreamLanguage, type StreamParser, type StringStream } from "@codemirror/language";

interface State {
  /** What an open text, name or comment ends with. */
  open: '"' | "'" | "`" | "comment" | null;
  /** Whether a value just ended, so that a slash divides and does not begin a pattern. */
  afterValue: boolean;
}

const WORDS: Record<string, string> = {
  and: "operatorKeyword",
  or: "operatorKeyword",
  in: "operatorKeyword",
  true: "bool",
  false: "bool",
  null: "null",
  function: "keyword",
  λ: "keyword",
};

/** Enough of JSONata to draw it: texts, numbers, variables, names, patterns, comments. */
const parser: StreamParser<State> = {
  name: "jsonata",
  startState: () => ({ open: null, afterValue: false }),
  token: (stream, state) => {
    if (state.open !== null) return rest(stream, state, state.open);
    if (stream.eatSpace()) return null;
    if (stream.match("/*")) {
      state.open = "comment";
      return rest(stream, state, "comment");
    }
    return value(stream, state) ?? sign(stream, state);
  },
  languageData: {
    commentTokens: { block: { open: "/*", close: "*/" } },
    closeBrackets: { brackets: ["(", "[", "{", '"', "'", "`"] },
  },
};

export const jsonataLanguage = StreamLanguage.define(parser);

function value(stream: StringStream, state: State): string | null {
  const quote = stream.peek();
  if (quote === '"' || quote === "'" || quote === "`") {
    stream.next();
    state.open = quote;
    state.afterValue = true;
    return rest(stream, state, quote);
  }
  const isPattern = !state.afterValue && stream.match(/^\/(?:[^/\\\n]|\\.)+\/[im]*/u) !== null;
  if (isPattern) return ended(state, "regexp");
  if (stream.match(/^\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/u)) return ended(state, "number");
  if (stream.match(/^\$\$?[\p{L}\p{N}_]*/u)) {
    return ended(state, stream.match(/^\s*\(/u, false) ? "variableName.function" : "variableName");
  }
  const word = stream.match(/^[\p{L}_][\p{L}\p{N}_]*/u);
  if (!word || word === true) return null;
  const style = WORDS[word[0]];
  state.afterValue = style !== "operatorKeyword" && style !== "keyword";
  return style ?? "propertyName";
}

function sign(stream: StringStream, state: State): string {
  const char = stream.next() ?? "";
  state.afterValue = char === ")" || char === "]" || char === "}";
  if (/[()[\]{}]/u.test(char)) return "bracket";
  return /[,;]/u.test(char) ? "punctuation" : "operator";
}

function rest(stream: StringStream, state: State, open: NonNullable<State["open"]>): string {
  if (open === "comment") {
    if (stream.skipTo("*/")) {
      stream.match("*/");
      state.open = null;
    } else stream.skipToEnd();
    return "comment";
  }
  for (let char = stream.next(); char !== undefined; char = stream.next()) {
    if (char === "\\" && open !== "`") stream.next();
    else if (char === open) {
      state.open = null;
      break;
    }
  }
  return open === "`" ? "propertyName" : "string";
}

function ended(state: State, style: string): string {
  state.afterValue = true;
  return style;
}
