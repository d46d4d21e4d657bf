import type { ReactNode } from "react";
import { Button, Disclosure as AriaDisclosure, DisclosurePanel, Heading } from "react-aria-components";
import { cx } from "../cx";
import { Icon } from "../icon/Icon";
import styles from "./Disclosure.module.css";

export interface DisclosureProps {
  title: ReactNode;
  /** A few words beside the title, seen while it is closed too. */
  aside?: ReactNode;
  children: ReactNode;
  isExpanded?: boolean;
  onExpandedChange?: (isExpanded: boolean) => void;
  defaultExpanded?: boolean;
}

/** A part that opens on request. */
export function Disclosure(props: DisclosureProps) {
  const { title, aside, children, isExpanded, onExpandedChange, defaultExpanded = false } = props;
  return (
    <AriaDisclosure
      className={cx(styles.disclosure)}
      defaultExpanded={defaultExpanded}
      {...(isExpanded === undefined ? {} : { isExpanded })}
      {...(onExpandedChange === undefined ? {} : { onExpandedChange })}
    >
      <div className={cx(styles.row)}>
        <Heading level={3}>
          <Button slot="trigger" className={cx(styles.button)}>
            <Icon name="chevron-right" size={12} className={styles.arrow} />
            {title}
          </Button>
        </Heading>
        {aside !== undefined && <span className={cx(styles.aside)}>{aside}</span>}
      </div>
      <DisclosurePanel className={cx(styles.panel)}>{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
