import { Banner, Checkbox } from "~/components";
import { OneTimeSecretLine } from "../secrets";
import styles from "./Results.module.css";
import { keyOf, type UnsavedSecrets } from "./unsaved-secrets";

type Props = { unsaved: UnsavedSecrets; titleOf: (webhook: string) => string };

/** The secrets that nothing keeps but this program's memory, and the user's word that they are saved elsewhere. */
export function UnsavedBlock({ unsaved, titleOf }: Props) {
  const { secrets } = unsaved;
  const reasons = [
    ...new Set(secrets.flatMap(({ kept }) => (kept.type === "memoryOnly" ? [kept.reason] : []))),
  ];
  return (
    <Banner
      tone="warn"
      title={
        secrets.length === 1
          ? "Save this secret now: it was told once and is not in the keyring"
          : `Save these ${secrets.length} secrets now: they were told once and are not in the keyring`
      }
    >
      {reasons.map((reason) => (
        <p key={reason}>
          <bdi>{reason}</bdi>
        </p>
      ))}
      <ul className={styles.unsaved}>
        {secrets.map((secret) => (
          <li key={keyOf(secret)}>
            <OneTimeSecretLine
              secret={secret}
              title={titleOf(secret.webhook.id)}
              onSeen={() => unsaved.markSeen(secret)}
            />
          </li>
        ))}
      </ul>
      <Checkbox
        isSelected={unsaved.isSaved && unsaved.unseen === 0}
        isDisabled={unsaved.unseen > 0}
        onChange={unsaved.setSaved}
      >
        I have saved {secrets.length === 1 ? "it" : "them"} elsewhere
      </Checkbox>
    </Banner>
  );
}
