import type { PlanItem } from "~/bindings/PlanItem";
import type { PlanView } from "~/bindings/PlanView";
import { Banner, Checkbox } from "~/components";
import type { PlanRun } from "../review/use-plan";
import { itemsOf } from "../review/words";
import styles from "./DeleteDialog.module.css";

/** What some webhooks ask for themselves: one box for all that ask in the same words. */
export function Questions({ view, plan }: { view: PlanView; plan: Pick<PlanRun, "agreed" | "agree"> }) {
  const total = itemsOf(view).length;
  const asking = itemsOf(view).filter(({ askAgain, state }) => askAgain !== null && state.type === "ready");
  if (asking.length === 0) return null;
  const words = [...new Set(asking.map(({ askAgain }) => askAgain ?? ""))];
  return (
    <Banner tone="warn" title={words.length === 1 ? "Agree to this first" : "Agree to these first"}>
      <ul className={styles.questions}>
        {words.map((question) => {
          const items = asking.filter(({ askAgain }) => askAgain === question);
          return (
            <li key={question}>
              <Checkbox
                isSelected={items.every(({ index }) => plan.agreed.has(index))}
                onChange={(yes) => {
                  for (const { index } of items) plan.agree(index, yes);
                }}
              >
                <span className={styles.question}>
                  {total > 1 && <b title={items.map(({ title }) => title).join(", ")}>{names(items)}: </b>}
                  <bdi>{question}</bdi>
                </span>
              </Checkbox>
            </li>
          );
        })}
      </ul>
    </Banner>
  );
}

function names(items: readonly PlanItem[]): string {
  const shown = items.slice(0, 3).map(({ title }) => (title.length > 60 ? `${title.slice(0, 60)}…` : title));
  const more = items.length - shown.length;
  return new Intl.ListFormat("en-GB").format(more > 0 ? [...shown, `${more} more`] : shown);
}
