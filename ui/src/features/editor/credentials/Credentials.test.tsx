import { screen, waitFor } from "@testing-library/react";
import { beforeAll, expect, it, vi } from "vitest";
import { FakeBackend } from "~/backend/fake";
import { stubLayout } from "~/components/code-editor/layout-stubs";
import { renderEdit, renderEditor } from "../test-screen";

vi.setConfig({ testTimeout: 60_000 });
beforeAll(stubLayout);

const field = (name: string) => screen.findByRole("textbox", { name });
const six = () => new FakeBackend({ connections: "six" });
const address = "https://bob:p%40ss@example.com/in";

async function paste(user: ReturnType<typeof renderEdit>["user"], text: string) {
  const url = await field("URL");
  await user.clear(url);
  await user.click(url);
  await user.paste(text);
  return url;
}

it("moves a pasted user name and password to the fields for them, decoded, and back on Undo", async () => {
  const { fake, user } = renderEdit("Legacy counts");
  const url = await paste(user, address);
  expect(url).toHaveValue("https://example.com/in");
  expect(screen.getByText(/User name and password were moved to Authentication/)).toBeVisible();
  expect(screen.getByRole("switch", { name: "Basic" })).toBeChecked();
  expect(await field("User name")).toHaveValue("bob");
  expect(screen.getByLabelText("Password")).toHaveValue("p@ss");
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(url).toHaveValue(address);
  expect(screen.getByRole("switch", { name: "Basic" })).not.toBeChecked();
  // What was put back is not moved again unasked, and cannot be saved where it is.
  await user.click(url);
  await user.tab();
  expect(url).toHaveValue(address);
  expect(screen.getByText(/Take the user name and password out of the address/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Move them to Basic" }));
  expect(url).toHaveValue("https://example.com/in");
  await user.click(screen.getByRole("button", { name: "Review changes" }));
  await screen.findByRole("dialog");
  expect(fake.argsOf("plan_make")[0]).toMatchObject({
    draft: {
      fields: {
        "auth.basic": { value: true },
        "auth.basic.username": { value: "bob" },
        "auth.basic.password": { value: { move: "replace", value: "p@ss" } },
      },
    },
  });
});

it("moves what was typed once the field is left, and a user name alone", async () => {
  const { user } = renderEdit("Legacy counts");
  const url = await field("URL");
  await user.clear(url);
  await user.type(url, "https://token@example.com/in");
  expect(url).toHaveValue("https://token@example.com/in");
  await user.tab();
  expect(url).toHaveValue("https://example.com/in");
  expect(screen.getByText(/User name was moved to Authentication/)).toBeVisible();
});

it("asks before it replaces another way of signing in", async () => {
  const { user } = renderEdit("Portal automation", six());
  const url = await paste(user, address);
  expect(url).toHaveValue(address);
  const move = await screen.findByRole("button", { name: "Move them to Basic, replacing API key" });
  await user.click(move);
  expect(url).toHaveValue("https://example.com/in");
  expect(await field("User name")).toHaveValue("bob");
});

it("asks before it writes over other credentials, and drops them when asked to", async () => {
  const { user } = renderEdit("Meter reading intake", six());
  const url = await paste(user, address);
  await user.click(await screen.findByRole("button", { name: "Drop them" }));
  expect(url).toHaveValue("https://example.com/in");
  expect(await field("User name")).toHaveValue("epilot");
  expect(screen.queryByRole("button", { name: "Drop them" })).toBeNull();
});

it("says that there is no place for them, and takes them out on request", async () => {
  const { user } = renderEditor({ kind: "create", connection: "c-rental" }, six());
  const url = await paste(user, address);
  expect(await screen.findByText(/no place for them here/)).toBeVisible();
  expect(url).toBeInvalid();
  await user.click(screen.getByRole("button", { name: "Remove them from the address" }));
  expect(url).toHaveValue("https://example.com/in");
  await waitFor(() => expect(screen.queryByText(/no place for them here/)).toBeNull());
});
