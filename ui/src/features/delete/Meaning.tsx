import { Banner, EnvTag, ErrorBanner } from "~/components";
import { Notices } from "../review/Notices";
import { Planning } from "../review/Planning";
import { RequestDisclosure } from "../review/RequestDisclosure";
import type { PlanRun } from "../review/use-plan";
import styles from "./DeleteDialog.module.css";

/** What deleting means: where it cannot be done, the notices and the exact requests. */
export function Meaning({ plan }: { plan: PlanRun }) {
  const { phase } = plan;
  if (phase.at === "planning") return <Planning />;
  if (phase.at === "failed") {
    return <ErrorBanner error={phase.error} effect="Nothing was deleted." onRetry={() => plan.replan()} />;
  }
  if (!("view" in phase)) return null;
  const { groups, writable } = phase.view;
  const notices = groups.flatMap((group) => [
    ...group.notices,
    ...group.items.flatMap((item) => item.notices),
  ]);
  const distinct = notices.filter(
    (notice, at) => notices.findIndex(({ words }) => words === notice.words) === at,
  );
  const failed = groups.some((group) => group.failed !== null);
  return (
    <>
      {phase.at === "refused" && <ErrorBanner error={phase.error} onRetry={() => plan.replan()} />}
      {groups.map(
        ({ connection, failed: error }) =>
          error && (
            <ErrorBanner
              key={connection.id}
              error={{ ...error, place: null }}
              title={
                <span className={styles.failed}>
                  <bdi title={connection.label}>{connection.label}</bdi>
                  <EnvTag environment={connection.environment} />
                  <span>is left out</span>
                </span>
              }
              effect={writable > 0 ? "The others are not affected." : "Nothing was deleted."}
              onRetry={() => plan.replan()}
            />
          ),
      )}
      <Notices notices={distinct} />
      {writable === 0 && !failed && (
        <Banner tone="info">Nothing is left to delete. Close this window to read the list again.</Banner>
      )}
      {writable > 0 && <RequestDisclosure requests={groups.flatMap((group) => group.requests)} />}
    </>
  );
}
