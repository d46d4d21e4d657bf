import { screen, waitFor, within } from "@testing-library/react";
import { beforeAll, expect, it, vi } from "vitest";
import { appError, FakeBackend } from "~/backend/fake";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { expectAccessible } from "../../../../test/render-app";
import { renderEdit } from "../test-screen";

beforeAll(stubLayout);
vi.setConfig({ testTimeout: 60_000 });

const space = (name: RegExp) => screen.findByRole("treeitem", { name });
const FLOOR_2 = "space_2oUBnI7YL51GNemTvKIxEgSZ8gx";

it("draws the lists of a section as one tree, and only what is no part of it beside", async () => {
  const { container, fake } = renderEdit("Floor counts to DWH");
  await space(/^Oslo/);
  expect(screen.getByText("2 chosen")).toBeVisible();
  const filter = within(screen.getByRole("region", { name: "Filter" }));
  expect(filter.queryByText("Floors")).toBeNull();
  expect(filter.getByText("Organisations")).toBeVisible();
  expect(filter.getByRole("switch", { name: "Only when the value changes" })).toBeChecked();
  expect(fake.argsOf("field_tree")).toEqual([{ connection: "c-offices", section: "filter" }]);
  expect(fake.argsOf("field_options")).toEqual([]);
  await expectAccessible(container);
});

it("counts and sends a change for each list by itself", async () => {
  const { user, fake } = renderEdit("Floor counts to DWH");
  await space(/^Oslo/);
  await user.type(screen.getByRole("searchbox", { name: /^Search spaces/ }), "Kai");
  await user.click(await space(/^Kai 4/));
  expect(screen.getByText("1 change")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Review changes" }));
  await screen.findByRole("dialog");
  expect(fake.argsOf("plan_make")[0]).toMatchObject({
    draft: { fields: { "filters.building_ids": { type: "list", value: ["building_2oUB3"] } } },
  });
  expect(JSON.stringify(fake.argsOf("plan_make"))).not.toContain(FLOOR_2);
});

it("says that the places could not be read, keeps what is chosen, and reads them again", async () => {
  const fake = new FakeBackend();
  fake.fail("field_tree", appError("Butlr did not answer."), { times: 1 });
  const { user } = renderEdit("Floor counts to DWH", fake);
  expect(await screen.findByText("Butlr did not answer.")).toBeVisible();
  expect(screen.getByText("2 chosen")).toBeVisible();
  expect(screen.getByText("No changes")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await space(/^Oslo/)).toBeVisible();
});

it("counts an id that is no longer there as worth a look", async () => {
  const fake = new FakeBackend();
  const all = [...fake.webhooks].flatMap(([connection, list]) =>
    list.map(({ id, values }) => ({ connection, id, values })),
  );
  const found = all.find(({ values }) => values["name"] === "Floor counts to DWH");
  if (!found) throw new Error("no sample");
  fake.changeBehind(found, { "filters.zone_ids": ["zone_gone"] });
  renderEdit("Floor counts to DWH", fake);
  await space(/^Oslo/);
  await waitFor(() => expect(screen.getByText("1 warning")).toBeVisible());
});
