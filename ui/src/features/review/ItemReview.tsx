import type { PlanItem } from "~/bindings/PlanItem";
import { Banner, Icon } from "~/components";
import { ChangeTable } from "./ChangeTable";
import styles from "./ReviewDialog.module.css";
import { Notices } from "./Notices";
import { ThreeWayTable } from "./ThreeWayTable";

type Props = {
  item: PlanItem;
  provider: string;
  /** Whether the item names itself; the only one of a plan is named by the dialog. */
  named: boolean;
};

/** One change of a plan: what would be written, or why it cannot be. */
export function ItemReview({ item, provider, named }: Props) {
  return (
    <section className={styles.item} aria-label={item.title}>
      {named && (
        <header className={styles.itemHead}>
          <bdi className={styles.itemTitle} title={item.title}>
            {item.title}
          </bdi>
          <bdi className={styles.endpoint} title={item.endpoint}>
            {item.endpoint}
          </bdi>
        </header>
      )}
      <ItemBody item={item} provider={provider} />
      <Notices notices={item.notices} />
    </section>
  );
}

function ItemBody({ item, provider }: { item: PlanItem; provider: string }) {
  switch (item.state.type) {
    case "ready":
      if (item.action === "delete") return null;
      return (
        <ChangeTable
          changes={item.changes}
          before={item.action === "create" ? null : `In ${provider} now`}
          after={item.action === "create" ? "Value" : "After saving"}
        />
      );
    case "unchanged":
      return (
        <p className={styles.quiet}>
          <Icon name="minus-circle" size={14} /> Nothing would change.
        </p>
      );
    case "gone":
      return (
        <Banner tone="error" title="This webhook no longer exists">
          It was deleted at {provider} after you opened it. Nothing can be saved to it.
        </Banner>
      );
    case "blocked":
      return (
        <Banner tone="error" title="This cannot be written as it stands">
          <ul>
            {item.state.errors.map((error) => (
              <li key={`${error.path} ${error.message}`}>
                <bdi>{error.message}</bdi>
              </li>
            ))}
          </ul>
        </Banner>
      );
    case "stale":
      return (
        <>
          <Banner tone="warn" title={`This webhook was changed at ${provider} after you opened it`}>
            {item.state.fields.some((field) => field.verdict === "conflict")
              ? "Some fields were changed by both. Nothing is written until you choose."
              : "The changes do not touch the same fields. Nothing is written until you choose."}
          </Banner>
          <ThreeWayTable fields={item.state.fields} provider={provider} />
        </>
      );
  }
}
