import { useState } from "react";
import { cx } from "../cx";
import styles from "./FormRow.module.css";

/** Longer help than this shows its first sentence and the rest on request. */
const SHORT = 140;

/** Words of help below a field. */
export function HelpText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  const [first, rest] = firstSentence(text);
  if (text.length <= SHORT || rest === "") return text;
  return (
    <>
      {isOpen ? text : first}{" "}
      {/* A plain button: inside a Select, React Aria's own would become the one that opens the list. */}
      <button
        type="button"
        className={cx(styles.more)}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? "Less" : "More"}
      </button>
    </>
  );
}

function firstSentence(text: string): [first: string, rest: string] {
  const end = /[.!?](?=\s)/u.exec(text);
  return end ? [text.slice(0, end.index + 1), text.slice(end.index + 1).trim()] : [text, ""];
}
