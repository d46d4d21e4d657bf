import { memo, useMemo } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import { cx, environmentName, Icon, Menu } from "~/components";
import { choiceWords, toggled, withMissing } from "./choices";
import { EventMenu } from "./EventMenu";
import styles from "./FilterBar.module.css";
import type { Entry } from "./row-store";
import {
  auths,
  authsOf,
  authWords,
  count,
  environments,
  type Filters,
  type Places,
  statuses,
  statusesOf,
  statusWords,
} from "./search";

export interface FilterMenusProps {
  chosen: Pick<Filters, "providers" | "environments" | "events" | "status" | "auth">;
  onChange: (change: Partial<Filters>) => void;
  inScope: readonly Entry[];
  places: Places;
  providers: readonly ProviderInfo[];
}

/** One menu per filter. What all rows have in common is not worth one. */
export const FilterMenus = memo(function FilterMenus(props: FilterMenusProps) {
  const { chosen, onChange, inScope, places, providers } = props;
  const counts = useMemo(() => {
    const placeOf = ({ row }: Entry) => places.get(row.connection);
    return {
      providers: count(
        inScope,
        (entry) => [placeOf(entry)?.provider ?? ""],
        providers.map(({ id }) => id),
      ),
      environments: count(
        inScope,
        (entry) => {
          const place = placeOf(entry);
          return place ? [place.environment] : [];
        },
        environments,
      ),
      events: count(inScope, ({ row }) => row.events),
      status: count(inScope, (entry) => statusesOf(entry, placeOf(entry)), statuses),
      auth: count(inScope, authsOf, auths),
    };
  }, [inScope, places, providers]);
  const nameOf = (id: string) => providers.find((provider) => provider.id === id)?.name ?? id;
  return (
    <>
      <ChoiceMenu
        label="Provider"
        counts={counts.providers}
        chosen={chosen.providers}
        wordsOf={nameOf}
        onChange={(next) => onChange({ providers: next })}
      />
      <ChoiceMenu
        label="Environment"
        counts={counts.environments}
        chosen={chosen.environments}
        wordsOf={environmentName}
        onChange={(next) => onChange({ environments: next })}
      />
      <EventMenu counts={counts.events} chosen={chosen.events} onChange={(events) => onChange({ events })} />
      <ChoiceMenu
        label="Status"
        counts={counts.status}
        chosen={chosen.status}
        wordsOf={(status) => statusWords[status]}
        onChange={(status) => onChange({ status })}
      />
      <ChoiceMenu
        label="Auth"
        title="Authentication"
        isAlways
        counts={counts.auth}
        chosen={chosen.auth}
        wordsOf={(kind) => authWords[kind]}
        onChange={(auth) => onChange({ auth })}
      />
    </>
  );
});

interface ChoiceMenuProps<T extends string> {
  /** The word on the button while nothing is chosen. */
  label: string;
  /** Names the menu for assistive technology; the label unless given. */
  title?: string;
  /** Shown even when there is nothing to choose between. */
  isAlways?: boolean;
  counts: readonly { value: T; count: number }[];
  chosen: readonly T[];
  wordsOf: (value: T) => string;
  onChange: (chosen: T[]) => void;
}

function ChoiceMenu<T extends string>(props: ChoiceMenuProps<T>) {
  const { label, title = label, isAlways = false, counts, chosen, wordsOf, onChange } = props;
  if (!isAlways && counts.length < 2 && chosen.length === 0) return null;
  const values = withMissing(counts, chosen);
  const words = choiceWords(label, chosen.map(wordsOf));
  return (
    <Menu
      label={title}
      several
      trigger={
        <AriaButton
          className={cx(styles.filter, chosen.length > 0 && styles.set)}
          {...(chosen.length > 0 ? { "aria-label": `${title}: ${chosen.map(wordsOf).join(", ")}` } : {})}
        >
          <bdi className={cx(styles.word)}>{words}</bdi>
          <Icon name="chevron-down" size={12} />
        </AriaButton>
      }
      checked={chosen}
      onAction={(id) => {
        const value = values.find((one) => one.value === id)?.value;
        if (value !== undefined) onChange(toggled(chosen, value));
      }}
      items={values.map((one) => ({
        id: one.value,
        label: wordsOf(one.value),
        aside: one.count.toLocaleString("en-GB"),
      }))}
    />
  );
}
