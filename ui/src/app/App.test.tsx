import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { appError, FakeBackend, keyringVault, sessionVault } from "~/backend/fake";
import { expectAccessible, renderApp } from "../../test/render-app";

test("a second window says that Tacklebox is open already", async () => {
  const backend = new FakeBackend();
  const error = appError("Another window uses this data folder.", {
    kind: "alreadyOpen",
    advice: "Close it first.",
  });
  backend.fail("app_start", error, { times: 1 });
  const user = renderApp(backend);
  expect(await screen.findByRole("heading", { name: "Tacklebox is already open" })).toBeInTheDocument();
  expect(screen.getByRole("alert")).toHaveTextContent("Close it first.");
  await expectAccessible();

  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Echo")).toBeInTheDocument();
});

test("the keyring line says when there is none, and when there is one again", async () => {
  const backend = new FakeBackend({ vault: sessionVault });
  const user = renderApp(backend);
  await user.click(await screen.findByRole("button", { name: "No keyring, session only" }));
  const popover = await screen.findByRole("dialog", { name: "Where secrets are kept" });
  expect(popover).toHaveTextContent("1 secret is held in memory.");
  await user.click(within(popover).getByRole("button", { name: "Check again" }));

  expect(await screen.findByText("Secrets in system keyring")).toBeInTheDocument();
});

test("the keyring line follows what the host reports", async () => {
  const backend = new FakeBackend();
  renderApp(backend);
  await screen.findByText("Secrets in system keyring");
  await waitFor(() => expect(backend.argsOf("app_watch")).toHaveLength(1));
  await waitFor(() => {
    backend.setVault(sessionVault);
    expect(screen.getByText("No keyring, session only")).toBeInTheDocument();
  });
  backend.setVault(keyringVault);
  expect(await screen.findByText("Secrets in system keyring")).toBeInTheDocument();
});

test("a theme that is chosen is stored and pins the window", async () => {
  const backend = new FakeBackend();
  const user = renderApp(backend);
  await user.click(await screen.findByRole("button", { name: "Settings" }));
  const dialog = await screen.findByRole("dialog", { name: "Settings" });
  await expectAccessible(dialog);
  await user.click(within(dialog).getByRole("radio", { name: "Dark" }));

  await waitFor(() => expect(document.documentElement.dataset.theme).toBe("dark"));
  expect(backend.argsOf("theme_set")).toEqual([{ theme: "dark" }]);
  await user.click(within(dialog).getByRole("radio", { name: "System" }));
  await waitFor(() => expect(document.documentElement.dataset.theme).toBeUndefined());
});

test("removing the sandbox leaves the other organisations", async () => {
  const backend = new FakeBackend();
  const user = renderApp(backend);
  await user.click(await screen.findByRole("button", { name: "Settings" }));
  await user.click(await screen.findByRole("button", { name: "Explore the sandbox" }));
  await user.click(await screen.findByRole("button", { name: "Remove the sandbox" }));
  await user.click((await screen.findAllByRole("button", { name: "Close" }))[0] as HTMLElement);

  const nav = await screen.findByRole("navigation", { name: "Organisations" });
  expect(within(nav).queryByText("Sample Offices")).not.toBeInTheDocument();
  expect(within(nav).getByText("Halden Offices")).toBeInTheDocument();
});

test("Ctrl N opens the editor and Ctrl R reads everything again", async () => {
  const backend = new FakeBackend();
  const user = renderApp(backend);
  await screen.findByText(/^Read \d\d:\d\d$/);
  await user.keyboard("{Control>}r{/Control}");
  await waitFor(() => expect(backend.argsOf("webhooks_refresh")).toHaveLength(2));
  await user.keyboard("{Control>}n{/Control}");
  expect(await screen.findByRole("button", { name: "Back to webhooks" })).toBeInTheDocument();
});

test("keys do nothing behind a dialog", async () => {
  const backend = new FakeBackend();
  const user = renderApp(backend);
  await user.click(await screen.findByRole("button", { name: "Settings" }));
  await screen.findByRole("dialog", { name: "Settings" });
  await user.keyboard("{Control>}n{/Control}");
  expect(screen.getByRole("dialog", { name: "Settings" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Back to webhooks" })).not.toBeInTheDocument();
});
