import type { Notice } from "~/bindings/Notice";
import type { PlanGroup } from "~/bindings/PlanGroup";
import type { PlanView } from "~/bindings/PlanView";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import { EnvTag, ErrorBanner } from "~/components";
import { Agreement } from "./Agreement";
import { AlikeItems, alikeWords, areAlike } from "./AlikeItems";
import { ItemReview } from "./ItemReview";
import { Notices } from "./Notices";
import { Planning } from "./Planning";
import { RequestDisclosure } from "./RequestDisclosure";
import { ProgressBar, Results } from "./Results";
import styles from "./ReviewDialog.module.css";
import type { UnsavedSecrets } from "./unsaved-secrets";
import type { PlanRun } from "./use-plan";
import { itemsOf } from "./words";

type Props = {
  plan: PlanRun;
  providers: ProviderInfo[];
  /** Said of the whole plan, where something of it can be written. */
  notices: readonly Notice[];
  unsaved: UnsavedSecrets;
};

/** What a plan would change, how far it is, or how it ended. */
export function ReviewBody({ plan, providers, notices, unsaved }: Props) {
  const { phase } = plan;
  switch (phase.at) {
    case "planning":
      return <Planning />;
    case "failed":
      return <ErrorBanner error={phase.error} effect="Nothing was sent." onRetry={() => plan.replan()} />;
    case "applying":
      return <ProgressBar view={phase.view} results={phase.results} waits={phase.waits} />;
    case "done":
      return (
        <Results
          view={phase.view}
          results={phase.results}
          provider={providerName(phase.view.groups[0], providers)}
          unsaved={unsaved}
        />
      );
    case "refused":
    case "ready":
      return (
        <>
          {phase.at === "refused" && <ErrorBanner error={phase.error} />}
          {itemsOf(phase.view).some(({ state }) => state.type === "ready") && <Notices notices={notices} />}
          <Groups view={phase.view} providers={providers} plan={plan} />
        </>
      );
  }
}

function Groups({ view, providers, plan }: { view: PlanView; providers: ProviderInfo[]; plan: PlanRun }) {
  const many = itemsOf(view).length > 1;
  return view.groups.map((group) => (
    <section key={group.connection.id} className={styles.group}>
      {view.groups.length > 1 && (
        <h3 className={styles.groupHead}>
          <bdi>{group.connection.label}</bdi>
          <EnvTag environment={group.connection.environment} />
        </h3>
      )}
      {group.failed && (
        <ErrorBanner
          error={group.failed}
          effect={
            view.writable > 0
              ? "Nothing will be written here; the other organisations do not depend on it."
              : "Nothing will be written here."
          }
        />
      )}
      <Items group={group} named={many} provider={providerName(group, providers)} />
      <Notices notices={group.notices} />
      <Agreement items={group.items} plan={plan} />
      {group.items.some(({ state }) => state.type === "ready") && (
        <RequestDisclosure requests={group.requests} />
      )}
    </section>
  ));
}

function Items({ group, named, provider }: { group: PlanGroup; named: boolean; provider: string }) {
  if (areAlike(group.items)) {
    const notices = group.items.flatMap((item) => item.notices);
    const distinct = notices.filter(
      (notice, at) => notices.findIndex(({ words }) => words === notice.words) === at,
    );
    return (
      <section className={styles.item} aria-label={alikeWords(group.items)}>
        <AlikeItems items={group.items} provider={provider} />
        <Notices notices={distinct} />
      </section>
    );
  }
  return group.items.map((item) => (
    <ItemReview key={item.index} item={item} named={named} provider={provider} />
  ));
}

function providerName(group: PlanGroup | undefined, providers: ProviderInfo[]): string {
  const id = group?.connection.provider;
  return providers.find((provider) => provider.id === id)?.name ?? id ?? "the provider";
}
