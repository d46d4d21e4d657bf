import { useState } from "react";
import { IconButton } from "~/components";
import styles from "./CodeBlock.module.css";

/** Text in the code font, wrapped, with a button that copies it. */
export function CodeBlock({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState<"copied" | "failed" | null>(null);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied("copied"),
      () => setCopied("failed"),
    );
  };
  return (
    <div className={styles.block}>
      <div className={styles.tools}>
        <span role="status" className={styles.said}>
          {copied === "copied" && "Copied"}
          {copied === "failed" && "Copying was refused. Select the text instead."}
        </span>
        <IconButton icon="copy" size="sm" label={`Copy ${label.toLowerCase()}`} onPress={copy} />
      </div>
      <pre className={styles.code} tabIndex={0} aria-label={label}>
        <bdi>{text === "" ? "(empty)" : text}</bdi>
      </pre>
    </div>
  );
}
