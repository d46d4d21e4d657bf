import type { PlanItem } from "~/bindings/PlanItem";
import { Banner, Checkbox } from "~/components";
import styles from "./ReviewDialog.module.css";
import type { PlanRun } from "./use-plan";

type Props = { items: PlanItem[]; plan: Pick<PlanRun, "agreed" | "agree"> };

/** What some items ask for themselves: each has a box to tick before anything is written. */
export function Agreement({ items, plan }: Props) {
  const asking = items.filter(({ askAgain, state }) => askAgain !== null && state.type === "ready");
  if (asking.length === 0) return null;
  return (
    <Banner tone="warn" title={asking.length === 1 ? "Agree to this first" : "Agree to these first"}>
      <ul className={styles.questions}>
        {asking.map((item) => (
          <li key={item.index}>
            <Checkbox
              isSelected={plan.agreed.has(item.index)}
              onChange={(yes) => plan.agree(item.index, yes)}
            >
              <span className={styles.question}>
                {items.length > 1 && <b>{shorten(item.title)}: </b>}
                <bdi>{item.askAgain}</bdi>
              </span>
            </Checkbox>
          </li>
        ))}
      </ul>
    </Banner>
  );
}

/** Why the plan cannot be applied yet, or null. */
export function agreementWords(plan: Pick<PlanRun, "unanswered">): string | null {
  if (plan.unanswered === 0) return null;
  return plan.unanswered === 1
    ? "Tick the box above to go on."
    : `Tick ${plan.unanswered} boxes above to go on.`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
