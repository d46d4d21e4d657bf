import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { appError, FakeBackend } from "~/backend/fake";
import { expectAccessible, renderApp } from "../../../test/render-app";

const titles = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => row.querySelector("bdi.title, [role=gridcell]:nth-child(2) > bdi")?.textContent ?? "");

type User = ReturnType<typeof renderApp>;

async function ready(backend = new FakeBackend({ connections: "six" })) {
  const user = renderApp(backend);
  await screen.findByText(/^Read (\d+ \w+, )?\d\d:\d\d$/);
  return { user, backend };
}

async function choose(user: User, menu: string | RegExp, ...choices: RegExp[]) {
  await user.click(screen.getByRole("button", { name: menu }));
  for (const choice of choices)
    await user.click(await screen.findByRole("menuitemcheckbox", { name: choice }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("menu")).not.toBeInTheDocument());
}

test("provider and status can be combined and are counted", async () => {
  const { user } = await ready();
  await user.click(screen.getByRole("button", { name: "Provider" }));
  expect(await screen.findByRole("menuitemcheckbox", { name: /^epilot/ })).toHaveTextContent("7");
  await expectAccessible();
  await user.keyboard("{Escape}");
  await choose(user, "Provider", /^epilot/);
  await choose(user, "Status", /^Off/);
  expect(titles()).toEqual(["Imported file intake", "Portal automation"]);
  expect(screen.getByText("2 of 25 webhooks")).toBeInTheDocument();
});

test("environment and authentication narrow further, and one press clears all", async () => {
  const { user } = await ready();
  await choose(user, "Environment", /^Production/);
  await choose(user, "Auth", /^OAuth/);
  expect(titles()).toEqual(["Contract sync to SAP", "New customer requests"]);
  await user.click(screen.getByRole("button", { name: "Clear filters" }));
  expect(screen.getByText("25 webhooks")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Clear filters" })).not.toBeInTheDocument();
});

test("attention are incomplete webhooks and those of an organisation that fails", async () => {
  const backend = new FakeBackend({ connections: "six" });
  backend.fail("webhooks_refresh", appError("Refused."), { connection: "c-rental-test" });
  const { user } = await ready(backend);
  await choose(user, "Status", /^Needs attention/);
  expect(titles()).toEqual(["Imported file intake", "/in"]);
});

test("filters that leave nothing are named and can be cleared there", async () => {
  const { user } = await ready();
  await choose(user, "Provider", /^Booqable/);
  await choose(user, "Auth", /^Basic/);
  expect(screen.getByText(/Provider: Booqable · Authentication: Basic/)).toHaveTextContent(
    "25 webhooks are hidden.",
  );
  const [, inEmptyState] = screen.getAllByRole("button", { name: "Clear filters" });
  await user.click(inEmptyState as HTMLElement);
  expect(screen.getByText("25 webhooks")).toBeInTheDocument();
});

test("filters stay when the editor is visited", async () => {
  const { user } = await ready();
  await choose(user, "Provider", /^Booqable/);
  await user.keyboard("{Control>}n{/Control}");
  await user.click(await screen.findByRole("button", { name: "Back to webhooks" }));
  expect(await screen.findByRole("button", { name: "Provider: Booqable" })).toBeInTheDocument();
  expect(titles()).toHaveLength(4);
});

test("a filter is chosen by the keyboard alone", async () => {
  const { user } = await ready();
  screen.getByRole("button", { name: "Status" }).focus();
  await user.keyboard("{Enter}");
  await screen.findByRole("menu", { name: "Status" });
  await user.keyboard("{ArrowDown}{Enter}{Escape}");
  expect(await screen.findByRole("button", { name: /^Status: / })).toHaveFocus();
});

test("what all rows have in common is no filter", async () => {
  await ready(new FakeBackend());
  expect(screen.queryByRole("button", { name: "Provider" })).not.toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Environment" })).toBeInTheDocument();
});

test("a search finds marks, and each mark says what it means", async () => {
  const { user } = await ready();
  await user.type(screen.getByRole("searchbox"), "zapier");
  expect(titles()).toEqual(["/hooks/standard/1187/b4x"]);
  const mark = within(screen.getByRole("grid")).getByTitle("Zapier made it. A Zap stops working without it.");
  expect(mark).toHaveTextContent("Zapier");
});

test("a title made of the endpoint is its path, with the host below it", async () => {
  const { user } = await ready();
  await user.type(screen.getByRole("searchbox"), "shop.kp");
  const row = screen.getAllByRole("row")[1] as HTMLElement;
  expect(within(row).getByText("/stock")).toBeInTheDocument();
  expect(within(row).getByText("shop.kp.example?secret=•••")).toBeInTheDocument();
});
