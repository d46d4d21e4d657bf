import styles from "./Marked.module.css";
import { pieces } from "./pieces";

/** A text with the searched words marked in it. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text;
  return pieces(text, words).map((piece, at) =>
    piece.isMatch ? (
      <mark key={at} className={styles.match}>
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}
