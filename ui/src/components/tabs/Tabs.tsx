import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";
import { cx } from "../cx";
import styles from "./Tabs.module.css";

export interface TabEntry<T extends string> {
  id: T;
  label: string;
  /** Stands after the label: a count. */
  aside?: ReactNode;
  content: ReactNode;
}

export interface TabsProps<T extends string> {
  /** Names the list of tabs for assistive technology. */
  label: string;
  selected: T;
  onSelect: (tab: T) => void;
  tabs: readonly TabEntry<T>[];
}

/** Several views of the same thing, one at a time. The panel fills what is left of the height. */
export function Tabs<T extends string>({ label, selected, onSelect, tabs }: TabsProps<T>) {
  return (
    <AriaTabs
      className={cx(styles.tabs)}
      selectedKey={selected}
      onSelectionChange={(key) => {
        const chosen = tabs.find(({ id }) => id === key);
        if (chosen) onSelect(chosen.id);
      }}
    >
      <TabList aria-label={label} className={cx(styles.list)}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={cx(styles.tab)}>
            {tab.label}
            {tab.aside !== undefined && <span className={cx(styles.aside)}>{tab.aside}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={cx(styles.panel)}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
