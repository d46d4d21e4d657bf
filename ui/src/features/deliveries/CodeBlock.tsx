import { IconButton, useCopy } from "~/components";
import styles from "./CodeBlock.module.css";

/** Text in the code font, wrapped, with a button that copies it. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  const { copy, said } = useCopy();
  return (
    <div className={styles.block}>
      <div className={styles.tools}>
        <span role="status" className={styles.said}>
          {said}
        </span>
        <IconButton icon="copy" size="sm" label={`Copy ${label.toLowerCase()}`} onPress={() => copy(text)} />
      </div>
      <pre className={styles.code} tabIndex={0} aria-label={label}>
        <bdi>{text === "" ? "(empty)" : text}</bdi>
      </pre>
    </div>
  );
}
