import { Button } from "react-aria-components";
import type { Section } from "~/bindings/Section";
import { cx, Icon, type IconName } from "~/components";
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
  return (
    <nav className={styles.nav} aria-label="Sections">
      <ul>
        {sections.map(({ section, state }) => {
          const mark = marks[state.mark];
          return (
            <li key={section.id}>
              <Button
                className={cx(styles.link)}
                aria-current={active === section.id ? "location" : "false"}
                onPress={() => onGo(section.id)}
              >
                <span className={styles.name}>{section.title}</span>
                {state.chosen > 0 && (
                  <span className={styles.count}>
                    {state.chosen}
                    <span className="visually-hidden"> chosen</span>
                  </span>
                )}
                {mark ? (
                  <span className={styles[state.mark]} title={mark.words}>
                    <Icon name={mark.icon} size={14} />
                    <span className="visually-hidden">, {mark.words}</span>
                  </span>
                ) : (
                  <span className={styles.none} />
                )}
              </Button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
