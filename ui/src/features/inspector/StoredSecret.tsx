import type { StoredSecrets } from "~/bindings/StoredSecrets";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { cx, ErrorBanner, Icon, LinkButton } from "~/components";
import styles from "./Inspector.module.css";
import { useReveal } from "../secrets";

export interface StoredSecretProps {
  pick: WebhookPick;
  path: string;
  storedSecrets: StoredSecrets;
  providerName: string;
}

/** Where a secret is, and the secret itself only on request. */
export function StoredSecret({ pick, path, storedSecrets, providerName }: StoredSecretProps) {
  const reveal = useReveal(pick, path);
  return (
    <span className={cx(styles.secret)}>
      <span className={cx(styles.stored)}>
        <Icon name="lock" size={14} />
        Stored by {providerName}
      </span>
      {storedSecrets === "writeOnly" && <span className={cx(styles.note)}>Not readable</span>}
      {storedSecrets === "returned" &&
        (reveal.value === null ? (
          <span className={cx(styles.note)}>
            Kept out of this window{" "}
            <LinkButton onPress={reveal.show} isPending={reveal.pending}>
              Reveal
            </LinkButton>
          </span>
        ) : (
          <span className={cx(styles.note)}>
            <code className={cx(styles.revealed)}>{reveal.value}</code>{" "}
            <LinkButton onPress={reveal.hide}>Hide</LinkButton>
          </span>
        ))}
      {reveal.error && <ErrorBanner error={reveal.error} />}
    </span>
  );
}
