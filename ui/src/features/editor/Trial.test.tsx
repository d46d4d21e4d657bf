import { screen, waitFor, within } from "@testing-library/react";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { appError, FakeBackend } from "~/backend/fake";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { expectAccessible } from "../../../test/render-app";
import { renderEdit, renderEditor, typeCode } from "./test-screen";

beforeAll(stubLayout);
vi.setConfig({ testTimeout: 60_000 });

let fake: FakeBackend;
beforeEach(() => {
  fake = new FakeBackend({ connections: "six" });
  vi.stubGlobal("innerWidth", 1280);
});

const panel = async () => within(await screen.findByRole("complementary", { name: "Sample payload" }));
const sample = (name = "Sample payload") => screen.findByRole("textbox", { name });

it("tries the conditions on the sample, on an edited one, and on the vendor's again", async () => {
  const { user, container } = renderEdit("Contract sync to SAP", fake);
  const aside = await panel();
  expect(await aside.findByText("Would not be sent")).toBeVisible();
  expect(aside.getByText("entity.annual_kwh is 3200; the condition needs more than 10000.")).toBeVisible();
  expect(aside.getByText("Tried on this computer; epilot decides when it sends.")).toBeVisible();
  expect(aside.getByText(/^Sent when a contract was created/)).toBeVisible();
  expect(screen.getByText("1 of 3 does not match the sample")).toBeVisible();
  expect(screen.getByText("1 warning")).toBeVisible();
  const text = (await sample()).textContent;
  expect(text).toContain("3200");
  await expectAccessible(container);

  await typeCode(
    "Sample payload",
    JSON.stringify({ entity: { status: "active", division: "power", annual_kwh: 20000 } }),
  );
  expect(await aside.findByText("Would be sent")).toBeVisible();
  expect(screen.getByText("No changes")).toBeVisible();
  await typeCode("Sample payload", "{");
  expect(await aside.findByText("The sample is not JSON")).toBeVisible();
  expect(aside.getByText("Would be sent, before the sample was changed")).toBeVisible();
  expect(screen.getByText("All match the sample, before it was changed")).toBeVisible();
  await user.click(aside.getByRole("button", { name: "Reset sample" }));
  expect(await aside.findByText("Would not be sent")).toBeVisible();
});

it("sends edited conditions as a set, and refuses one that is not complete", async () => {
  const { user } = renderEdit("Contract sync to SAP", fake);
  await user.click(await screen.findByRole("radio", { name: "Any match" }));
  expect(await (await panel()).findByText("Would be sent")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Add condition" }));
  const review = screen.getByRole("button", { name: "Review changes" });
  await user.click(review);
  const fourth = within(screen.getByRole("group", { name: "Condition 4" }));
  expect(fourth.getByText("Enter a field.")).toBeVisible();
  expect(fourth.getByRole("combobox")).toHaveFocus();
  expect(fake.argsOf("plan_make")).toEqual([]);
  await user.click(
    within(screen.getByRole("group", { name: "Condition 4" })).getByRole("button", { name: /^Remove/ }),
  );
  await user.click(review);
  const dialog = await screen.findByRole("dialog");
  expect(fake.argsOf("plan_make")[0]).toMatchObject({
    draft: {
      fields: {
        filterConditions: { type: "conditions", value: { all: false, rows: [{ origin: 0 }, {}, {}] } },
      },
    },
  });
  expect(dialog).toHaveTextContent(/any of:/);
});

it("puts the vendor's words at their condition, and the summary leads there", async () => {
  const { user } = renderEdit("Contract sync to SAP", fake);
  await user.click(await screen.findByRole("radio", { name: "Any match" }));
  const words = "epilot says: division is not allowed.";
  const fields = [{ path: "filterConditions.conditions[1].field", message: words }];
  fake.fail("plan_make", appError("Not accepted.", { kind: "validation", fields }), { times: 1 });
  await user.click(screen.getByRole("button", { name: "Review changes" }));
  const second = within(await screen.findByRole("group", { name: "Condition 2" }));
  expect(await second.findByText(words)).toBeVisible();
  const field = second.getByRole("combobox");
  await waitFor(() => expect(field).toHaveFocus());
  expect(screen.getAllByText(words)).toHaveLength(1);
  await user.click(screen.getByRole("textbox", { name: "Name" }));
  await user.click(screen.getByRole("button", { name: /conditions$/i, description: "" }));
  expect(field).toHaveFocus();
  await user.click(screen.getByRole("radio", { name: "All match" }));
  expect(screen.queryByText(words)).toBeNull();
});

it("marks an untried filter in the review, and one that would not send", async () => {
  const { user } = renderEdit("Contract sync to SAP", fake);
  const review = async () => {
    await user.click(screen.getByRole("button", { name: "Review changes" }));
    const dialog = await screen.findByRole("dialog", { name: /^Review \d/ });
    const said = within(dialog).queryByText(/this filter/i)?.textContent ?? null;
    await user.click(within(dialog).getByRole("button", { name: "Back to editing" }));
    return said;
  };
  const aside = await panel();
  await user.type(await screen.findByRole("textbox", { name: "Name" }), " 2");
  expect(await review()).toBeNull();
  await user.click(screen.getByRole("radio", { name: "Any match" }));
  expect(await aside.findByText("Would be sent")).toBeVisible();
  expect(await review()).toBeNull();
  await typeCode("Sample payload", "{}");
  expect(await aside.findByText("Would not be sent")).toBeVisible();
  expect(await review()).toBe("On the sample you tried, this filter would not send.");
  await typeCode("Sample payload", "{");
  expect(await aside.findByText("The sample is not JSON")).toBeVisible();
  expect(await review()).toBe("This filter was not tried on a sample.");
});

it("marks a transformation that was not tried, or makes nothing", async () => {
  fake.fail("event_samples", appError("epilot did not answer."));
  const { user } = renderEdit("Contract sync to SAP", fake);
  await typeCode("Transformation", "entity.nothing");
  await user.click(screen.getByRole("button", { name: "Review changes" }));
  const dialog = within(await screen.findByRole("dialog", { name: /^Review \d/ }));
  expect(dialog.getByText("This transformation was not tried on a sample.")).toBeVisible();
  expect(dialog.queryByText(/this filter/i)).toBeNull();
});

it("shows what the transformation makes of the sample, or why it makes nothing", async () => {
  renderEdit("Contract sync to SAP", fake);
  const result = await screen.findByRole("textbox", { name: "Transformation: result" });
  expect(result).toHaveTextContent('"contract": "AU-20418"');
  await typeCode("Transformation", "$number(entity.status)");
  const place = within(await screen.findByRole("group", { name: "Transformation, tried on the sample" }));
  expect(await place.findByText(/^The expression fails: /)).toBeVisible();
  await typeCode("Transformation", "entity.nothing");
  expect(await place.findByText("The expression finds nothing in the sample.")).toBeVisible();
});

it("shows the sample that fits the form, a form's text decoded and copied as it is sent", async () => {
  const { user } = renderEditor(
    { kind: "edit", webhook: { connection: "c-rental", id: rentalId(fake) } },
    fake,
  );
  const aside = await panel();
  const pairs = await aside.findByLabelText("Sample payload, decoded");
  expect(pairs).toHaveTextContent("payload[order][note]Two boards, one paddle");
  await user.click(aside.getByRole("button", { name: /^Copy as sent/ }));
  expect(await navigator.clipboard.readText()).toContain("payload%5Border%5D%5Bnote%5D=Two+boards");
  await user.click(screen.getByRole("button", { name: /Version/ }));
  await user.click(screen.getByRole("option", { name: /^4/ }));
  expect(await sample()).toHaveAttribute("aria-readonly", "true");
  expect(aside.queryByLabelText("Sample payload, decoded")).toBeNull();
});

it("follows the event in focus, and goes back to a chosen one", async () => {
  const { user } = renderEdit("Floor counts to DWH", fake);
  const aside = await panel();
  await user.click(await screen.findByRole("treeitem", { name: "FLOOR_OCCUPANCY" }));
  await user.keyboard("{ArrowDown}");
  expect(await aside.findByText("People in a room, counted every minute.")).toBeVisible();
  await user.click(await screen.findByRole("textbox", { name: "Name" }));
  expect(await aside.findByText("People passing a door, in and out.")).toBeVisible();
});

it("says that a sample could not be read and reads it again", async () => {
  fake.fail("event_samples", appError("Butlr did not answer."), { times: 1 });
  const { user } = renderEdit("Legacy counts", fake);
  const aside = await panel();
  expect(await aside.findByText("Butlr did not answer.")).toBeVisible();
  expect(aside.getByText("Not offered by this organisation.")).toBeVisible();
  await user.click(aside.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(aside.queryByText("Butlr did not answer.")).toBeNull());
  expect(await sample()).toBeVisible();
});

it("stands below the events in a narrow window, opened on request", async () => {
  vi.stubGlobal("innerWidth", 960);
  const { user } = renderEdit("Floor counts to DWH", fake);
  const events = within(await screen.findByRole("region", { name: "Events" }));
  expect(screen.queryByRole("complementary", { name: "Sample payload" })).toBeNull();
  await user.click(events.getByRole("button", { name: "Sample payload" }));
  expect(await sample()).toBeVisible();
});

function rentalId(backend: FakeBackend): string {
  const all = backend.webhooks.get("c-rental") ?? [];
  return all.find(({ values }) => values["version"] === "1")?.id ?? "";
}
