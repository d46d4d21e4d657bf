import { screen, waitFor, within } from "@testing-library/react";
import { beforeAll, expect, it, vi } from "vitest";
import { FakeBackend } from "~/backend/fake";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { renderEdit, renderEditor, typeCode } from "../test-screen";

vi.setConfig({ testTimeout: 60_000 });
beforeAll(stubLayout);

const field = (name: string) => screen.findByRole("textbox", { name });
const six = () => new FakeBackend({ connections: "six" });

it("are listed in full, each with the way to its field, and said once", async () => {
  const { user } = renderEditor({ kind: "create", connection: "c-lab" });
  const name = await field("Name");
  expect(screen.queryByRole("alert")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Review" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("3 problems, first: Endpoint, name");
  await waitFor(() => expect(name).toHaveFocus());
  await user.click(screen.getByRole("button", { name: "Show all" }));
  const list = await screen.findByRole("dialog", { name: "All problems" });
  expect(
    within(list)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent),
  ).toEqual([
    "Endpoint, nameEnter the name.",
    "Endpoint, URLEnter the address of your endpoint, for example https://example.com/hooks",
    "Events, eventsChoose at least one event.",
  ]);
  await user.tab();
  await user.tab();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(screen.getByRole("textbox", { name: "URL" })).toHaveFocus());
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("hold up a review when an expression cannot be read, with the words at its field", async () => {
  const { fake, user } = renderEdit("Contract sync to SAP", six());
  await field("Name");
  const view = await typeCode("Transformation", '{ "a": ');
  await user.click(screen.getByRole("button", { name: "Review changes" }));
  expect(await screen.findByText(/This is not JSONata: /)).toBeVisible();
  expect(fake.argsOf("plan_make")).toEqual([]);
  await waitFor(() => expect(view.contentDOM).toHaveFocus());
  await typeCode("Transformation", '{ "a": 1 }');
  await user.click(screen.getByRole("button", { name: "Review changes" }));
  await waitFor(() => expect(fake.argsOf("plan_make")).toHaveLength(1));
});

it("say why there is nothing to review", async () => {
  const { user, fake, unmount } = renderEdit("Legacy counts");
  await field("Name");
  const review = () => screen.getByRole("button", { name: "Review changes" });
  expect(review()).toHaveAccessibleDescription("No changes");
  await user.type(await field("Name"), "!");
  expect(review()).toBeEnabled();
  unmount();
  fake.connections = fake.connections.map((one) => ({ ...one, readOnly: true }));
  renderEdit("Legacy counts", fake);
  await field("Name");
  expect(review()).toHaveAccessibleDescription("Read-only: there is nothing to review");
});
