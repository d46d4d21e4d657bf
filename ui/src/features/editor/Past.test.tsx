import { screen, waitFor, within } from "@testing-library/react";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Commands } from "~/bindings/commands";
import { appError, FakeBackend } from "~/backend/fake";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { expectAccessible } from "../../../test/render-app";
import { renderEdit, renderEditor, sampleWebhook, typeCode } from "./test-screen";

beforeAll(stubLayout);

let fake: FakeBackend;
beforeEach(() => {
  fake = new FakeBackend({ connections: "six" });
  vi.stubGlobal("innerWidth", 1280);
});

const panel = async () => within(await screen.findByRole("complementary", { name: "Sample payload" }));
const payload = () => screen.findByLabelText("Sample payload", { selector: "[role=textbox]" });

async function past(name = "Contract sync to SAP") {
  const view = renderEdit(name, fake);
  const aside = await panel();
  await view.user.click(aside.getByRole("radio", { name: "Past delivery" }));
  return { ...view, aside };
}

/** Makes the log keep something else of every delivery, or list something else. */
function answer<N extends "delivery_open" | "deliveries_list">(
  name: N,
  change: (result: Commands[N]["result"]) => Commands[N]["result"],
) {
  const call = fake.call.bind(fake);
  fake.call = async (asked, args, onProgress) => {
    const result = await call(asked, args, onProgress);
    return asked === (name as string) ? change(result as Commands[N]["result"]) : result;
  };
}

const keeps = (original: string | null, payload: string | null) =>
  answer("delivery_open", (detail) => ({ ...detail, original, payload }));

it("lists the latest deliveries and loads more", async () => {
  const { aside, user } = await past();
  const list = within(await aside.findByRole("listbox", { name: "Past deliveries, newest first" }));
  expect(list.getAllByRole("option")).toHaveLength(25);
  expect(list.getAllByRole("option")[3]).toHaveAccessibleName(/Failed, contract_created$/);
  await expectAccessible(screen.getByRole("complementary", { name: "Sample payload" }));
  await user.click(aside.getByRole("button", { name: "Load more" }));
  await waitFor(() => expect(list.getAllByRole("option")).toHaveLength(50));
  expect(fake.argsOf("deliveries_list").map(({ query }) => query.cursor)).toEqual([null, "25"]);
});

it("tries the original event of the chosen one, as it is and edited, and goes back", async () => {
  const { aside, user } = await past();
  const [first] = await aside.findAllByRole("option");
  first?.focus();
  await user.keyboard("{Enter}");
  expect(
    await aside.findByText(/^Sent .+ This is the original event, before the transformation/),
  ).toBeVisible();
  expect((await payload()).textContent).toContain("C-10443");
  expect(await aside.findByText("Would not be sent")).toBeVisible();
  expect(aside.getByText("Tried on this computer; epilot decides when it sends.")).toBeVisible();
  const result = await screen.findByRole("textbox", { name: "Transformation: result" });
  await waitFor(() => expect(result).toHaveTextContent('"contract": "C-10443"'));

  await typeCode("Sample payload", '{"entity":{"status":"active","division":"power","annual_kwh":20000}}');
  expect(await aside.findByText("Would be sent")).toBeVisible();
  await user.click(aside.getByRole("button", { name: "Choose another" }));
  expect(await aside.findByRole("listbox")).toBeVisible();
  expect(aside.queryByText("Would be sent")).toBeNull();
  await user.click(aside.getByRole("radio", { name: "Example" }));
  expect((await payload()).textContent).toContain("AU-20418");
});

it("says that only the transformed body was kept, which the conditions did not see", async () => {
  keeps(null, '{"contract":"C-1"}');
  const { aside, user } = await past();
  await user.click((await aside.findAllByRole("option"))[0] as HTMLElement);
  expect(await aside.findByText(/^Sent .+, after the transformation$/)).toBeVisible();
  expect(aside.getByText(/epilot kept no original event\. The conditions saw another shape/)).toBeVisible();
  expect((await payload()).textContent).toContain('"contract": "C-1"');
});

it("takes the body as it was sent where the webhook has no transformation", async () => {
  const { aside, user } = await past("Energy echo");
  await user.click((await aside.findAllByRole("option"))[0] as HTMLElement);
  expect(await aside.findByText(/^Sent .+, as it stands here\.$/)).toBeVisible();
});

it("says that nothing was kept of a delivery, and what is no JSON", async () => {
  keeps(null, null);
  const { aside, user } = await past();
  await user.click((await aside.findAllByRole("option"))[0] as HTMLElement);
  expect(await aside.findByText(/^epilot kept no payload of this delivery\./)).toBeVisible();
  expect(screen.queryByRole("textbox", { name: "Sample payload" })).toBeNull();
  keeps("a=1&b=2", null);
  await user.click(aside.getByRole("button", { name: "Choose another" }));
  await user.click((await aside.findAllByRole("option"))[1] as HTMLElement);
  expect(await aside.findByText("The payload is not JSON")).toBeVisible();
  expect(aside.queryByText(/Would/)).toBeNull();
});

it("says that the log is empty", async () => {
  answer("deliveries_list", () => ({ deliveries: [], next: null }));
  const { aside } = await past();
  expect(await aside.findByText("Nothing was delivered yet. Deliveries are kept for 28 days.")).toBeVisible();
});

it("says that the log, or a delivery, could not be read, and reads it again", async () => {
  fake.fail("deliveries_list", appError("epilot did not answer."), { times: 1 });
  fake.fail("delivery_open", appError("The delivery is gone."), { times: 1 });
  const { aside, user } = await past();
  expect(await aside.findByText("The deliveries could not be read")).toBeVisible();
  await user.click(aside.getByRole("button", { name: "Try again" }));
  await user.click((await aside.findAllByRole("option"))[0] as HTMLElement);
  expect(await aside.findByText("The delivery could not be read")).toBeVisible();
  expect(aside.getByText("The delivery is gone.")).toBeVisible();
  await user.click(aside.getByRole("button", { name: "Try again" }));
  expect(await aside.findByText(/This is the original event/)).toBeVisible();
});

it("cancels a reading that is left", async () => {
  const release = fake.hold("deliveries_list");
  const { aside, user } = await past();
  expect(aside.getByRole("status", { name: "Reading the deliveries" })).toBeVisible();
  await user.click(aside.getByRole("radio", { name: "Example" }));
  const { operation } = fake.argsOf("deliveries_list")[0] ?? {};
  expect(fake.argsOf("operation_cancel")).toEqual([{ operation }]);
  release();
});

it("offers past deliveries only for a stored webhook whose vendor has a log and a trial", async () => {
  const { unmount } = renderEdit("Floor counts to DWH", fake);
  expect((await panel()).queryByRole("radio", { name: "Past delivery" })).toBeNull();
  unmount();
  const { connection } = sampleWebhook(fake, "Contract sync to SAP");
  renderEditor({ kind: "create", connection }, fake);
  expect((await panel()).queryByRole("radio", { name: "Past delivery" })).toBeNull();
});
