import { Banner } from "~/components";
import type { ConditionSet } from "~/components/conditions/types";
import { type Trial, triedWords } from "./contexts";
import styles from "./SamplePanel.module.css";
import { verdictWords } from "./verdict";

interface Props {
  set: ConditionSet;
  trial: Trial;
  /** There is a text, and it is not JSON. */
  isBroken: boolean;
  isEdited: boolean;
}

/** Whether the sample would pass the conditions, tried on this computer. Amber when not: nothing failed. */
export function Verdict({ set, trial, isBroken, isEdited }: Props) {
  const { isOld, provider } = trial;
  const words = trial.evaluation && verdictWords(set, trial.evaluation);
  return (
    <div role="status" className={styles.verdict}>
      {isBroken && (
        <Banner tone="warn" title={isEdited ? "The sample is not JSON" : "The payload is not JSON"}>
          {isEdited
            ? "It is tried again once it is."
            : "Nothing can be tried on it. Choose another, or edit it to what should be tried."}
        </Banner>
      )}
      {words && (
        <div className={styles.result} data-old={isOld || undefined}>
          <Banner
            tone={isOld ? "info" : words.tone}
            title={isOld ? `${words.title}, before the sample was changed` : words.title}
          >
            {words.why.map((why) => (
              <p key={why}>
                <bdi>{why}</bdi>
              </p>
            ))}
          </Banner>
          <p className={styles.note}>{triedWords(provider)}</p>
        </div>
      )}
    </div>
  );
}
