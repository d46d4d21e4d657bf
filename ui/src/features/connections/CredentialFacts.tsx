import type { ReactNode } from "react";
import type { Connection } from "~/bindings/Connection";
import { cx, Icon } from "~/components";
import styles from "./CredentialFacts.module.css";
import { expiryOf, warningOf } from "./expiry";
import { useUsage } from "./use-usage";

export interface CredentialFactsProps {
  connection: Connection;
  now: number;
  /** Stands before the facts, and not without them. */
  lead?: ReactNode;
}

/** What a stored credential says of itself, and what was counted with it. Nothing where there is nothing to say. */
export function CredentialFacts({ connection, now, lead }: CredentialFactsProps) {
  const { facts } = connection;
  const usage = useUsage(connection.id, null);
  const expiry = expiryOf(facts, now);
  const warns = warningOf(connection, now) !== null;
  const token = facts.name === null ? "Token" : `Token “${facts.name}”`;
  const about = [
    facts.organisation === null ? null : `for organisation ${facts.organisation}`,
    facts.readOnly ? "may only read" : null,
  ].filter((words) => words !== null);
  if (facts.name === null && about.length === 0 && expiry === null && usage === null) return null;
  const list = (
    <ul className={cx(styles.facts)} aria-label={`About ${connection.label.slice(0, 80)}`}>
      {(facts.name !== null || about.length > 0) && (
        <li title={[token, ...about].join(", ")}>
          <Icon name="key" size={14} />
          <bdi className="trunc">{[token, ...about].join(", ")}</bdi>
        </li>
      )}
      {expiry && (
        <li className={cx(warns && (expiry.isOver ? styles.over : styles.soon))}>
          <Icon name={warns ? "warning" : "clock"} size={14} />
          <span>{capital(expiry.words)}</span>
        </li>
      )}
      {usage !== null && (
        <li>
          <Icon name="info" size={14} />
          <span>{usage}</span>
        </li>
      )}
    </ul>
  );
  if (lead === undefined) return list;
  return (
    <div className={cx(styles.led)}>
      {lead}
      {list}
    </div>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
