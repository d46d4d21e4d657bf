import { useState } from "react";
import type { ConditionSet } from "~/components/conditions/types";
import { Disclosure } from "~/components";
import type { Trial } from "./contexts";
import { SamplePanel } from "./SamplePanel";
import styles from "./SamplePlaces.module.css";
import type { SampleView } from "./use-samples";

interface Props {
  view: SampleView;
  trial: Trial;
  set: ConditionSet;
}

/** The sample beside the form. */
export function SampleAside(props: Props) {
  return (
    <aside className={styles.aside} aria-label="Sample payload">
      <SamplePanel {...props} />
    </aside>
  );
}

/** The sample below the event picker, opened on request. */
export function SampleBelow(props: Props) {
  const [isOpen, setOpen] = useState(false);
  const { event } = props.view;
  return (
    <div className={styles.below}>
      <Disclosure
        title="Sample payload"
        aside={event && <bdi title={event.id}>{event.id}</bdi>}
        isExpanded={isOpen}
        onExpandedChange={setOpen}
      >
        {isOpen && <SamplePanel {...props} isNamed />}
      </Disclosure>
    </div>
  );
}
