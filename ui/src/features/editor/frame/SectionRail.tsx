import { memo } from "react";
import { Button } from "react-aria-components";
import type { Section } from "~/bindings/Section";
import { cx, Icon, type IconName } from "~/components";
import { useStable } from "~/components/use-stable";
import type { SectionState } from "./section-state";
import styles from "./SectionRail.module.css";

type Props = {
  sections: { section: Section; state: SectionState }[];
  active: string | null;
  onGo: (section: string) => void;
};

const marks: Record<SectionState["mark"], { icon: IconName; words: string } | null> = {
  error: { icon: "error", words: "has a problem" },
  attention: { icon: "warning", words: "worth a second look" },
  ok: { icon: "ok", words: "no problem" },
  open: null,
};

/** The form's sections with how each stands; pressing one scrolls to it. */
export function SectionRail({ sections, active, onGo }: Props) {
  const go = useStable(onGo);
  return (
    <nav className={styles.nav} aria-label="Sections">
      <ul>
        {sections.map(({ section, state }) => (
          <RailEntry
            key={section.id}
            id={section.id}
            title={section.title}
            mark={state.mark}
            chosen={state.chosen}
            isActive={active === section.id}
            go={go}
          />
        ))}
      </ul>
    </nav>
  );
}

type EntryProps = {
  id: string;
  title: string;
  mark: SectionState["mark"];
  chosen: number;
  isActive: boolean;
  go: (section: string) => void;
};

/** Drawn again only when something of its own changed: the rail follows every key in the form. */
const RailEntry = memo(function RailEntry({ id, title, chosen, isActive, go, ...props }: EntryProps) {
  const mark = marks[props.mark];
  return (
    <li>
      <Button
        className={cx(styles.link)}
        aria-current={isActive ? "location" : "false"}
        onPress={() => go(id)}
      >
        <span className={styles.name}>{title}</span>
        {chosen > 0 && (
          <span className={styles.count}>
            {chosen}
            <span className="visually-hidden"> chosen</span>
          </span>
        )}
        {mark ? (
          <span className={styles[props.mark]} title={mark.words}>
            <Icon name={mark.icon} size={14} />
            <span className="visually-hidden">, {mark.words}</span>
          </span>
        ) : (
          <span className={styles.none} />
        )}
      </Button>
    </li>
  );
});
