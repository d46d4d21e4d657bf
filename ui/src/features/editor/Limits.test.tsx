import { screen } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { FakeBackend } from "~/backend/fake";
import { noFacts } from "~/backend/fake-specs";
import { asLocked } from "../connections";
import { renderEdit, renderEditor } from "./test-screen";

let fake: FakeBackend;
beforeEach(() => {
  fake = new FakeBackend({ connections: "six" });
});

const field = (name: string) => screen.findByRole("textbox", { name });

it("says whether the program or the token forbids writing", async () => {
  const lock = (over: object) => {
    fake.connections = fake.connections.map((connection) => asLocked({ ...connection, ...over }));
    return renderEdit("Contract sync to SAP", fake);
  };
  const facts = { ...noFacts, readOnly: true };
  const first = lock({ facts });
  expect(await screen.findByText(/^The token of this organisation may only read/)).toBeVisible();
  first.unmount();
  lock({ facts, readOnly: true });
  expect(await screen.findByText(/^This organisation is read-only in Tacklebox/)).toBeVisible();
});

it("draws what only the vendor sets once it is set, and says what is still to be filled in", async () => {
  const created = renderEditor({ kind: "create", connection: "c-rental" }, fake);
  expect(await screen.findByText("To fill in: Endpoint, Events")).toBeVisible();
  expect(screen.queryByText("No problems")).toBeNull();
  expect(screen.queryByRole("textbox", { name: "Created" })).toBeNull();
  expect(screen.queryByRole("region", { name: "Dates" })).toBeNull();
  created.unmount();
  const id = fake.webhooks.get("c-rental")?.[0]?.id ?? "";
  renderEditor({ kind: "edit", webhook: { connection: "c-rental", id } }, fake);
  expect(await field("Created")).toHaveValue("2025-01-21, 20:20 UTC");
  expect(await field("Created")).toBeDisabled();
  expect(screen.getByText("No problems")).toBeVisible();
});
