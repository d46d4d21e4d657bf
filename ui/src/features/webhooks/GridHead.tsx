import { memo } from "react";
import { cx, Icon } from "~/components";
import type { Sort, SortColumn } from "./search";
import { Tick } from "./Tick";
import type { Selection } from "./use-selection";
import styles from "./WebhookGrid.module.css";

export interface GridHeadProps {
  sort: Sort;
  onSort: (sort: Sort) => void;
  selection: Selection;
  total: number;
}

export const GridHead = memo(function GridHead({ sort, onSort, selection, total }: GridHeadProps) {
  const chosen = selection.keys.size;
  const sortable = (column: SortColumn, words: string, className?: string) => {
    const active = sort.column === column;
    return (
      <div
        role="columnheader"
        aria-sort={active ? (sort.descending ? "descending" : "ascending") : "none"}
        className={className}
      >
        <button
          type="button"
          className={cx(styles.sort)}
          onClick={() => onSort({ column, descending: active && !sort.descending })}
        >
          {words}
          {active && <Icon name={sort.descending ? "chevron-up" : "chevron-down"} size={12} />}
        </button>
      </div>
    );
  };
  return (
    <div role="rowgroup" className={cx(styles.head)}>
      <div role="row" aria-rowindex={1} className={cx(styles.columns)}>
        <div role="columnheader" className={cx(styles.tick)}>
          <Tick
            label="Select all shown"
            checked={chosen === 0 ? false : chosen === total || "mixed"}
            tabbable
            onToggle={() => (chosen === total ? selection.clear() : selection.all())}
          />
        </div>
        {sortable("title", "Webhook")}
        {sortable("organisation", "Organisation", cx(styles.where))}
        <div role="columnheader" data-column="events">
          Events
        </div>
        <div role="columnheader" className={cx(styles.auth)}>
          Auth
        </div>
        <div role="columnheader">On</div>
      </div>
    </div>
  );
});
