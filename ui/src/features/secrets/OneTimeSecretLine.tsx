import { useState } from "react";
import type { OneTimeSecret } from "~/bindings/OneTimeSecret";
import { Button, ErrorBanner, Icon } from "~/components";
import styles from "./OneTimeSecretLine.module.css";
import { useCopySecret } from "./use-copy-secret";
import { useReveal } from "./use-reveal";

type Props = {
  secret: OneTimeSecret;
  /** Stands before it where several webhooks have one. */
  title?: string;
  /** The user copied or read it. */
  onSeen?: () => void;
};

/** A secret that was told once: where it is now, and Copy and Reveal. */
export function OneTimeSecretLine({ secret, title, onSeen }: Props) {
  const { webhook, path, label, kept } = secret;
  const [copied, setCopied] = useState(false);
  const copying = useCopySecret(webhook, path, () => {
    setCopied(true);
    onSeen?.();
  });
  const reveal = useReveal(webhook, path, onSeen);
  const error = copying.error ?? reveal.error;
  const of = title === undefined ? label : `${label} of ${title}`;
  return (
    <div className={styles.line}>
      <div className={styles.head}>
        <span className={styles.words}>
          {title !== undefined && (
            <bdi className={styles.title} title={title}>
              {title}
            </bdi>
          )}
          <span className={kept.type === "memoryOnly" ? styles.held : styles.kept}>
            <Icon name={kept.type === "memoryOnly" ? "warning" : "lock"} size={14} />
            <span>
              {label}: {keptWords(secret)}
            </span>
          </span>
        </span>
        <span className={styles.buttons}>
          <Button
            size="sm"
            aria-label={`${reveal.value === null ? "Reveal" : "Hide"} ${of}`}
            isPending={reveal.pending}
            onPress={reveal.value === null ? reveal.show : reveal.hide}
          >
            {reveal.value === null ? "Reveal" : "Hide"}
          </Button>
          <Button size="sm" aria-label={`Copy ${of}`} isPending={copying.isPending} onPress={copying.copy}>
            <Icon name={copied ? "check" : "copy"} size={14} />
            {copied ? "Copied" : "Copy"}
          </Button>
        </span>
      </div>
      {reveal.value !== null && (
        <output className={styles.value} aria-label={of}>
          <bdi>{reveal.value}</bdi>
        </output>
      )}
      {error && <ErrorBanner error={error} />}
    </div>
  );
}

function keptWords({ kept }: OneTimeSecret): string {
  switch (kept.type) {
    case "keyring":
      return "saved in the keyring";
    case "sandbox":
      return "of the sandbox, not kept in the keyring";
    case "memoryOnly":
      return "kept only until Tacklebox closes";
  }
}
