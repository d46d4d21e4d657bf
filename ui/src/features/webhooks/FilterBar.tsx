import { type Ref, useMemo } from "react";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import { cx, LinkButton, SearchField } from "~/components";
import styles from "./FilterBar.module.css";
import { FilterMenus } from "./FilterMenus";
import type { Entry } from "./row-store";
import { cleared, type Filters, hidesRows, type Places } from "./search";

export interface FilterBarProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
  inScope: readonly Entry[];
  places: Places;
  providers: readonly ProviderInfo[];
  searchRef: Ref<HTMLInputElement>;
  /** Arrow down in the search box: on to the table. */
  onLeave: () => void;
}

/** Search and filters, with how many rows each choice has. The sidebar chooses the organisation. */
export function FilterBar(props: FilterBarProps) {
  const { filters, onChange, inScope, places, providers, searchRef, onLeave } = props;
  const { events, status, auth } = filters;
  // The menus stay as they are while a search is typed.
  const chosen = useMemo(
    () => ({ providers: filters.providers, environments: filters.environments, events, status, auth }),
    [filters.providers, filters.environments, events, status, auth],
  );
  return (
    <div className={cx(styles.bar)} role="group" aria-label="Filters">
      <div className={cx(styles.search)}>
        <SearchField
          label="Filter webhooks"
          placeholder="Filter webhooks"
          value={filters.query}
          onChange={(query) => onChange({ query })}
          inputRef={searchRef}
          hint={<kbd className={cx(styles.key)}>/</kbd>}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") {
              event.preventDefault();
              onLeave();
            }
          }}
        />
      </div>
      <FilterMenus
        chosen={chosen}
        onChange={onChange}
        inScope={inScope}
        places={places}
        providers={providers}
      />
      {hidesRows(filters) && (
        <span className={cx(styles.clear)}>
          <LinkButton onPress={() => onChange(cleared)}>Clear filters</LinkButton>
        </span>
      )}
    </div>
  );
}
