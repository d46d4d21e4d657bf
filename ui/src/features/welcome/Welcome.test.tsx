import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { appError, FakeBackend, sessionVault } from "~/backend/fake";
import { expectAccessible, renderApp } from "../../../test/render-app";

test("the sandbox fills the list from the welcome screen", async () => {
  const backend = new FakeBackend({ connections: "none" });
  const user = renderApp(backend);
  await screen.findByRole("heading", { name: "Welcome to Tacklebox" });
  await expectAccessible();

  await user.click(screen.getByRole("button", { name: /Explore the sandbox/ }));

  expect(await screen.findByText("Basic sign-in check")).toBeInTheDocument();
  const nav = screen.getByRole("navigation", { name: "Organisations" });
  expect(within(nav).getByText("Sample Offices")).toBeInTheDocument();
  expect(within(nav).getByText("Sample Lab")).toBeInTheDocument();
  expect(within(nav).getByText("Sample Energy")).toBeInTheDocument();
  expect(within(nav).getByText("Sample Rental")).toBeInTheDocument();
});

test("a sandbox that does not start says why and can be tried again", async () => {
  const backend = new FakeBackend({ connections: "none" });
  backend.fail("sandbox_start", appError("The sandbox could not open a port."), { times: 1 });
  const user = renderApp(backend);
  await user.click(await screen.findByRole("button", { name: /Explore the sandbox/ }));

  expect(await screen.findByRole("alert")).toHaveTextContent("The sandbox could not open a port.");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Basic sign-in check")).toBeInTheDocument();
});

test("without a keyring the welcome screen says so until one is found", async () => {
  const backend = new FakeBackend({ connections: "none", vault: sessionVault });
  const user = renderApp(backend);
  expect(
    await screen.findByText(sessionVault.mode === "sessionOnly" ? sessionVault.words : ""),
  ).toBeInTheDocument();

  await user.click(screen.getByRole("button", { name: "Check again" }));

  expect(await screen.findByText(/system keyring \(Secret Service\)/)).toBeInTheDocument();
});
