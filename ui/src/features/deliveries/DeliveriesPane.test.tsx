import { QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { BackendProvider } from "~/app/backend-context";
import { makeQueryClient } from "~/app/query-client";
import { appError, FakeBackend } from "~/backend/fake";
import type { Commands } from "~/bindings/commands";
import type { DeliveryLog } from "~/bindings/DeliveryLog";
import { toRow } from "~/backend/fake-webhooks";
import { expectAccessible } from "../../../test/render-app";
import { DeliveriesPane } from "./DeliveriesPane";

type PaneOptions = { fake?: FakeBackend; title?: string; log?: Partial<DeliveryLog>; readOnly?: boolean };

function renderPane({ title = "Contract sync to SAP", log, readOnly = false, ...given }: PaneOptions = {}) {
  const fake = given.fake ?? new FakeBackend({ connections: "six" });
  const [owner, stored] = [...fake.webhooks]
    .flatMap(([connection, webhooks]) => webhooks.map((webhook) => [connection, webhook] as const))
    .find(([, { values }]) => values["name"] === title) ?? [null, null];
  if (owner === null) throw new Error(`no sample webhook ${title}`);
  const offer = fake.offerOf(owner);
  const { deliveries } = offer.capabilities;
  if (!deliveries) throw new Error("no log");
  const user = userEvent.setup();
  const view = render(
    <QueryClientProvider client={makeQueryClient()}>
      <BackendProvider backend={fake}>
        <DeliveriesPane
          row={toRow(owner, stored, offer)}
          connection={{ ...fake.connection(owner), readOnly }}
          log={{ ...deliveries, ...log }}
        />
      </BackendProvider>
    </QueryClientProvider>,
  );
  return { fake, user, ...view };
}

const list = () => screen.findByRole("list", { name: "Deliveries, newest first" });
const rows = async () => within(await list()).getAllByRole("listitem");
const sent = (fake: FakeBackend) => fake.argsOf("deliveries_list").map(({ query }) => query);

async function choose(user: ReturnType<typeof userEvent.setup>, name: RegExp, option: string) {
  await user.click(screen.getByRole("button", { name }));
  await user.click(within(await screen.findByRole("listbox")).getByRole("option", { name: option }));
}

test("lists the newest first, in words, with answer, event and retries", async () => {
  const { container } = renderPane();
  const all = await rows();
  expect(all).toHaveLength(25);
  expect(all[0]).toHaveTextContent(/Delivered.*HTTP 200.*contract_created/);
  expect(all[3]).toHaveTextContent(/Failed.*503.*retry 3/);
  expect(all[4]).toHaveTextContent("Skipped");
  expect(all[5]).toHaveTextContent("In progress");
  await expectAccessible(container);
});

test("loads further pages by cursor and then offers no more", async () => {
  const { fake, user } = renderPane();
  await list();
  await user.click(screen.getByRole("button", { name: "Load more" }));
  await waitFor(async () => expect(await rows()).toHaveLength(50));
  await user.click(screen.getByRole("button", { name: "Load more" }));
  await waitFor(async () => expect(await rows()).toHaveLength(60));
  expect(screen.queryByRole("button", { name: "Load more" })).toBeNull();
  expect(sent(fake).map(({ cursor }) => cursor)).toEqual([null, "25", "50"]);
});

test("narrows by outcome and time, and looks an id up", async () => {
  const { fake, user } = renderPane();
  await list();
  await choose(user, /Outcome/, "Failed");
  await waitFor(async () => expect(await rows()).toHaveLength(10));
  await choose(user, /Time/, "Last hour");
  await waitFor(async () => expect(await rows()).toHaveLength(1));
  const id = (await rows())[0]?.querySelector("button[aria-label^=Open]")?.getAttribute("aria-label") ?? "";
  await user.type(screen.getByRole("searchbox"), `${id.replace("Open delivery ", "")}{Enter}`);
  await waitFor(() => expect(sent(fake).at(-1)?.id).toMatch(/-d/));
  expect(sent(fake).at(-1)).toMatchObject({ status: null, fromMs: null });

  await user.clear(screen.getByRole("searchbox"));
  await user.type(screen.getByRole("searchbox"), "nothing{Enter}");
  await user.click(await screen.findByRole("button", { name: "Clear filters" }));
  expect(await rows()).toHaveLength(25);
  expect(screen.getByRole("searchbox")).toHaveValue("");
});

test("takes a span of one's own, once both ends are moments", async () => {
  const { fake, user } = renderPane();
  await list();
  await choose(user, /Time/, "From, to");
  await user.type(await screen.findByRole("textbox", { name: "From" }), "22.11.2026");
  await user.tab();
  expect(screen.getByText("Write it as year-month-day hour:minute.")).toBeVisible();
  const asked = sent(fake).length;
  await user.clear(screen.getByRole("textbox", { name: "From" }));
  await user.type(screen.getByRole("textbox", { name: "From" }), "2026-11-22 10:00{Enter}");
  await waitFor(() => expect(sent(fake).length).toBe(asked + 1));
  expect(sent(fake).at(-1)).toMatchObject({ fromMs: new Date(2026, 10, 22, 10).getTime(), toMs: null });
});

test("keeps what was read when reading again fails, and says when it was read", async () => {
  const { fake, user } = renderPane();
  await list();
  fake.fail("deliveries_list", appError("The vendor did not answer."), { times: 1 });
  await user.click(screen.getByRole("button", { name: "Refresh deliveries" }));
  const alert = await screen.findByRole("alert");
  expect(alert).toHaveTextContent(/did not answer.*Showing what was read at/);
  expect(await rows()).toHaveLength(25);
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
});

test("opens a delivery with payload, original and response as text", async () => {
  const { user } = renderPane();
  await user.click(within((await rows())[3] as HTMLElement).getByRole("button", { name: /^Open/ }));
  const dialog = await screen.findByRole("dialog", { name: "Delivery" });
  const payload = await within(dialog).findByLabelText("Payload", { selector: "pre" });
  expect(payload.textContent).toBe('{\n  "contract": "C-10443",\n  "state": "active"\n}');
  await user.click(within(dialog).getByRole("button", { name: "Copy payload" }));
  expect(await navigator.clipboard.readText()).toBe(payload.textContent);
  await user.click(within(dialog).getByRole("tab", { name: "Response" }));
  expect(within(dialog).getByText("<h1>Service Unavailable</h1>")).toBeVisible();
  expect(document.querySelector("h1")).toBeNull();
  expect(within(dialog).getByText("Service Unavailable")).toBeVisible();
  await expectAccessible(dialog);
});

test("sends several again after naming endpoint, organisation and number, and reports each", async () => {
  const { fake, user } = renderPane();
  const all = await rows();
  for (const row of all.slice(0, 3)) await user.click(within(row).getByRole("checkbox"));
  const ids = all.slice(0, 3).map((row) => {
    const name = within(row).getByRole("button", { name: /^Open/ }).getAttribute("aria-label") ?? "";
    return name.replace("Open delivery ", "");
  });
  await user.click(screen.getByRole("button", { name: "Send 3 again" }));
  const question = await screen.findByRole("alertdialog", { name: "Send 3 deliveries again?" });
  await expectAccessible(question);
  expect(fake.argsOf("deliveries_replay")).toEqual([]);
  await user.click(
    within(question).getByRole("checkbox", { name: "Make them anew with today's transformation" }),
  );
  const report: Commands["deliveries_replay"]["result"] = {
    replayed: ids.slice(0, 1),
    failed: [
      {
        deliveries: ids.slice(1, 2),
        error: appError("Not taken.", {
          kind: "vendor",
          status: 422,
          vendor: { code: null, text: "<b>no source</b>" },
          requestId: null,
        }),
      },
    ],
    notAttempted: ids.slice(2),
  };
  answer(fake, report);
  await user.click(
    within(question).getByRole("button", {
      name: "Send 3 again to sap-gw.auental.example/in in Auental Energie (Production)",
    }),
  );
  const result = await screen.findByRole("dialog", { name: "Sent again" });
  expect(result).toHaveTextContent(/1 sent again.*1 failed.*1 not attempted/);
  expect(result).toHaveTextContent("<b>no source</b>");
  expect(fake.argsOf("deliveries_replay")).toMatchObject([{ deliveries: ids, reapply: true }]);
  const read = fake.argsOf("deliveries_list").length;
  await user.click(within(result).getByRole("button", { name: "Done" }));
  await waitFor(() => expect(fake.argsOf("deliveries_list").length).toBe(read + 1));
  expect(screen.queryByText(/selected/)).toBeNull();
});

test("can be stopped, and cannot be left before it has stopped", async () => {
  const { fake, user } = renderPane();
  await user.click(within((await rows())[0] as HTMLElement).getByRole("checkbox"));
  await user.click(screen.getByRole("button", { name: "Send 1 again" }));
  fake.hold("deliveries_replay");
  await user.click(await screen.findByRole("button", { name: /^Send 1 again to/ }));
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("button", { name: "Close" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Stop" }));
  const operation = fake.argsOf("deliveries_replay")[0]?.operation;
  expect(fake.argsOf("operation_cancel").at(-1)).toEqual({ operation });
});

test("says why deliveries cannot be made anew", async () => {
  const { user } = renderPane({ title: "Energy echo" });
  await list();
  await user.click(screen.getByRole("checkbox", { name: "Select all 25 shown" }));
  await user.click(screen.getByRole("button", { name: "Send 25 again" }));
  const question = await screen.findByRole("alertdialog");
  expect(within(question).getByRole("checkbox")).toBeDisabled();
  expect(question).toHaveTextContent("Not possible for 25 of 25: This webhook has no transformation.");
});

test("offers nothing to send again where the log cannot, or nothing may be written", async () => {
  const { unmount } = renderPane({ log: { replayAtOnce: null } });
  expect(within(await list()).queryByRole("checkbox")).toBeNull();
  unmount();
  renderPane({ readOnly: true });
  expect(within(await list()).queryByRole("checkbox")).toBeNull();
  expect(screen.getByText(/Read-only in Tacklebox: nothing can be sent again/)).toBeVisible();
});

/** Makes the next replay end as given. */
function answer(fake: FakeBackend, report: Commands["deliveries_replay"]["result"]) {
  const call = fake.call.bind(fake);
  fake.call = async (name, args, onProgress) => {
    const result = await call(name, args, onProgress);
    return name === "deliveries_replay" ? report : result;
  };
}
