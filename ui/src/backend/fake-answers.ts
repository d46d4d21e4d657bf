import type { Connection } from "~/bindings/Connection";
import type { Finding } from "~/bindings/Finding";
import type { ItemOutcome } from "~/bindings/ItemOutcome";
import type { ItemResult } from "~/bindings/ItemResult";
import type { PlanRequest } from "~/bindings/PlanRequest";
import type { PlanView } from "~/bindings/PlanView";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { type Args, BackendError, type CommandName, type Result, type Streamed, toAppError } from "./backend";
import { appError, type FakeBackend } from "./fake";
import { labWebhooks, officeWebhooks, sampleConnection, sampleOptions } from "./fake-data";
import { createStep, deleteStep, goneStep, type Step, updateStep } from "./fake-plan";
import { type StoredWebhook, text, toRow, toWebhook } from "./fake-webhooks";

/** How the pretended backend answers each command. */
export type Answers = {
  [N in CommandName]: (
    args: Args<N>,
    onProgress: (progress: Streamed<N>) => void,
  ) => Result<N> | Promise<Result<N>>;
};

export function answers(fake: FakeBackend): Answers {
  return {
    app_start: () => ({
      version: "0.1.0",
      profile: null,
      dataFolder: "/home/alex/.local/share/tacklebox",
      logFolder: "/home/alex/.local/state/tacklebox",
      providers: [fake.provider],
      connections: [...fake.connections],
      vault: fake.vault,
      theme: fake.theme,
      sandboxRunning: fake.connections.some((connection) => connection.builtIn),
    }),
    app_watch: (_, onProgress) => {
      fake.watch(onProgress);
      return new Promise(() => undefined);
    },
    theme_set: ({ theme }) => {
      fake.theme = theme;
      return null;
    },
    vault_recheck: () => {
      fake.vault = fake.vaultAfterRecheck;
      return fake.vault;
    },
    sandbox_start: () => startSandbox(fake),
    sandbox_remove: () => {
      fake.connections = fake.connections.filter((connection) => !connection.builtIn);
      return [...fake.connections];
    },
    connection_add: (input) => {
      const added = fake.connectionOf(input, fake.nextId("c"), false);
      fake.put(added, []);
      return added;
    },
    connection_edit: ({ connection, input }) => {
      const edited = fake.connectionOf(input, connection, true);
      fake.connections = fake.connections.map((known) => (known.id === connection ? edited : known));
      return edited;
    },
    connection_remove: ({ connection }) => {
      fake.connections = fake.connections.filter((known) => known.id !== connection);
      return null;
    },
    connection_test: ({ connection, input }, onProgress) => {
      fake.connectionOf(input, "tested", connection !== null);
      const findings: Finding[] = [
        {
          step: "Sign in",
          state: "ok",
          words: "Signed in; the token is valid for 16 minutes.",
          elapsedMs: 142,
        },
        {
          step: "Read the schema",
          state: "ok",
          words: "Webhooks with filters, in snake case.",
          elapsedMs: 61,
        },
        { step: "Read the webhooks", state: "ok", words: "5 webhooks.", elapsedMs: 88 },
      ];
      findings.forEach(onProgress);
      return { findings, organisation: "Halden", webhookCount: 5 };
    },
    connection_offer: () => fake.offer,
    field_options: ({ path }) => sampleOptions[path] ?? [],
    webhooks_last_seen: () =>
      fake.connections.map(({ id }) => {
        const readAtMs = fake.readAt.get(id) ?? null;
        return { connection: id, readAtMs, rows: readAtMs === null ? [] : rowsOf(fake, id) };
      }),
    webhooks_refresh: ({ connections }, onProgress) => {
      const wanted = connections.length > 0 ? connections : fake.connections.map(({ id }) => id);
      for (const connection of wanted) {
        onProgress({ type: "started", connection });
        try {
          fake.throwIfFailing("webhooks_refresh", connection);
          const readAtMs = Date.now();
          fake.readAt.set(connection, readAtMs);
          onProgress({ type: "loaded", rows: { connection, readAtMs, rows: rowsOf(fake, connection) } });
        } catch (thrown) {
          onProgress({ type: "failed", connection, error: toAppError(thrown) });
        }
      }
      return null;
    },
    webhook_open: ({ webhook }) => toWebhook(webhook.connection, need(fake, webhook), fake.offer),
    webhook_reveal: ({ webhook, path }) => text(need(fake, webhook).values[path]),
    plan_make: (request) => makePlan(fake, request),
    plan_discard: ({ plan }) => {
      fake.plans.delete(plan);
      return null;
    },
    plan_apply: ({ plan, digest }, onProgress) => {
      const steps = fake.plans.get(plan);
      if (!steps || digest !== `digest-${plan}`) {
        throw new BackendError(
          appError("This plan is no longer there.", {
            kind: "planGone",
            advice: "Review the changes again.",
          }),
        );
      }
      fake.plans.delete(plan);
      const results = steps
        .filter(({ item }) => item.state.type === "ready")
        .map((step): ItemResult => {
          onProgress({ type: "started", index: step.item.index });
          const result = { index: step.item.index, outcome: write(fake, step) };
          onProgress({ type: "finished", result });
          return result;
        });
      return { results };
    },
    operation_cancel: ({ operation }) => {
      fake.cancel(operation);
      return null;
    },
  };
}

function rowsOf(fake: FakeBackend, connection: string) {
  return (fake.webhooks.get(connection) ?? []).map((webhook) => toRow(connection, webhook));
}

function need(fake: FakeBackend, pick: WebhookPick): StoredWebhook {
  const found = fake.find(pick);
  if (found) return found;
  throw new BackendError(
    appError("This webhook no longer exists.", {
      kind: "notFound",
      place: fake.connection(pick.connection).label,
    }),
  );
}

function startSandbox(fake: FakeBackend): Connection[] {
  const builtIn = { builtIn: true, environment: "sandbox" } as const;
  fake.put(sampleConnection({ id: "sandbox-1", label: "Sample Offices", ...builtIn }), officeWebhooks());
  fake.put(sampleConnection({ id: "sandbox-2", label: "Sample Lab", ...builtIn }), labWebhooks());
  return [...fake.connections];
}

function makePlan(fake: FakeBackend, request: PlanRequest): PlanView {
  const steps = stepsOf(fake, request);
  const id = fake.nextId("plan");
  fake.plans.set(id, steps);
  const groups = [...new Set(steps.map((step) => step.connection))].map((connection) => ({
    connection: {
      id: connection.id,
      provider: connection.provider,
      label: connection.label,
      environment: connection.environment,
    },
    items: steps.filter((step) => step.connection === connection).map((step) => step.item),
    requests: [
      {
        title: request.type === "delete" ? "Delete webhooks" : "Save the webhook",
        method: "POST",
        url: "https://api.butlr.io/api/v3/graphql",
        headers: [["authorization", "Bearer $TOKEN"]] as [string, string][],
        body: `{\n  "operationName": "${request.type}Webhooks"\n}`,
      },
    ],
    notices: [],
  }));
  const writable = steps.filter((step) => step.item.state.type === "ready").length;
  return { id, digest: `digest-${id}`, groups, writable };
}

function stepsOf(fake: FakeBackend, request: PlanRequest): Step[] {
  switch (request.type) {
    case "create":
      return [createStep(0, fake.connection(request.connection), request.draft, fake.offer)];
    case "update": {
      const connection = fake.connection(request.webhook.connection);
      const now = fake.find(request.webhook);
      if (!now) return [goneStep(0, "update", connection, request.webhook.id)];
      const read = fake.versions.get(`${request.webhook.id}@${request.revision.slice(1)}`) ?? now;
      return [updateStep(0, connection, now, read, request.draft, fake.offer)];
    }
    case "delete":
      return request.webhooks.map((pick, index) => {
        const connection = fake.connection(pick.connection);
        const now = fake.find(pick);
        return now
          ? deleteStep(index, connection, now, fake.offer)
          : goneStep(index, "delete", connection, pick.id);
      });
  }
}

function write(fake: FakeBackend, step: Step): ItemOutcome {
  const { connection, item, values } = step;
  try {
    fake.throwIfFailing("plan_apply", connection.id);
  } catch (thrown) {
    return { type: "failed", error: toAppError(thrown) };
  }
  const now = item.webhook === null ? null : fake.find({ connection: connection.id, id: item.webhook });
  if (now === undefined || (now !== null && now.version !== step.version)) return { type: "stale" };
  if (values === null) {
    fake.removeBehind({ connection: connection.id, id: item.webhook ?? "" });
    return { type: "done", row: null, recovered: false, differences: [], incomplete: null };
  }
  const stored: StoredWebhook = {
    id: now?.id ?? `webhook_${fake.nextId("new")}`,
    values,
    preserved: now?.preserved ?? [],
    version: (now?.version ?? 0) + 1,
  };
  fake.store(connection.id, stored);
  return {
    type: "done",
    row: toRow(connection.id, stored),
    recovered: false,
    differences: [],
    incomplete: null,
  };
}
