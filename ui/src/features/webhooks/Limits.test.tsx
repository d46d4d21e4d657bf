import { act, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { FakeBackend } from "~/backend/fake";
import { noFacts } from "~/backend/fake-specs";
import { expectAccessible, renderApp } from "../../../test/render-app";
import { WaitWords } from "./WaitWords";

afterEach(() => vi.useRealTimers());

const nav = () => within(screen.getByRole("navigation", { name: "Organisations" }));

function withToken(days: number, over = {}): FakeBackend {
  const backend = new FakeBackend({ connections: "six" });
  const end = new Date();
  end.setDate(end.getDate() + days);
  const facts = { ...noFacts, name: "Ops", expiresAtMs: end.getTime(), ...over };
  backend.connections = backend.connections.map((one) =>
    one.id === "c-energy-staging" ? { ...one, facts } : one,
  );
  return backend;
}

test("an organisation that waits for a limit says so until it goes on", async () => {
  const backend = new FakeBackend({ connections: "six" });
  const end = backend.wait("c-rental", 42_000);
  renderApp(backend);
  await waitFor(() => expect(nav().getByText(/^waiting 4[12] s for the limit$/)).toBeInTheDocument());
  const strip = screen.getByText(/Reading \d of 6/).closest("[role=status]");
  expect(strip).toHaveTextContent(/Kite & Paddle.*waiting for the limit/);
  expect(nav().queryAllByText(/^waiting \d/)).toHaveLength(1);
  await expectAccessible();
  end();
  await waitFor(() => expect(nav().queryByText(/waiting/)).not.toBeInTheDocument());
});

test("the seconds count down, and only the wait itself is announced", () => {
  vi.useFakeTimers();
  render(<WaitWords untilMs={Date.now() + 3000} />);
  expect(screen.getByText("waiting 3 s for the limit")).toHaveAttribute("aria-hidden", "true");
  act(() => void vi.advanceTimersByTime(2000));
  expect(screen.getByText("waiting 1 s for the limit")).toBeInTheDocument();
  expect(screen.getByText("waiting for the limit")).toBeInTheDocument();
  act(() => void vi.advanceTimersByTime(2000));
  expect(screen.getByText("going on")).toBeInTheDocument();
});

test("a token that soon ends is told in the list and the sidebar, and can be replaced", async () => {
  const backend = withToken(9);
  const user = renderApp(backend);
  const words = await screen.findByText(/^The token “Ops” of/);
  expect(words).toHaveTextContent(/The token “Ops” of Meridian Werke expires in 9 days \(\d+ \w+( \d+)?\)/);
  expect(nav().getByText(/Token expires in 9 days/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "Replace token" }));
  const dialog = within(await screen.findByRole("dialog", { name: "Edit connection" }));
  await waitFor(() => expect(dialog.getByLabelText("New access token")).toHaveFocus());
  expect(dialog.getByRole("list", { name: "About Meridian Werke" })).toHaveTextContent(
    /Token “Ops”.*Expires in 9 days/,
  );
});

test("a token that has ended says since when; one that lasts is not mentioned", async () => {
  renderApp(withToken(-3));
  expect(await screen.findByText(/^The token “Ops” of/)).toHaveTextContent(/expired on \d+ \w+/);
});

test("a token that lasts longer than two weeks is not mentioned", async () => {
  renderApp(withToken(20));
  await screen.findByText(/^Read \d\d:\d\d$/);
  expect(screen.queryByText(/^The token/)).not.toBeInTheDocument();
});

test("read-only by its token is said in its own words", async () => {
  const user = renderApp(withToken(90, { readOnly: true }));
  await user.click(await screen.findByRole("button", { name: /^Meridian Werke/ }));
  expect(await screen.findByText("Token may only read")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "New webhook" })).toBeDisabled();
});

test("calls are counted where the vendor counts them, when the organisation is in view", async () => {
  const backend = new FakeBackend({ connections: "six" });
  const user = renderApp(backend);
  await screen.findByText(/^Read \d\d:\d\d$/);
  expect(screen.queryByText(/counted by Tacklebox/)).not.toBeInTheDocument();
  await user.click(nav().getByRole("button", { name: /^Kite & Paddle,? ?.*Prod/ }));
  expect(
    await screen.findByText("1,204 calls counted by Tacklebox in November · 43 of 50 left this minute"),
  ).toBeInTheDocument();
  await user.click(nav().getByRole("button", { name: /^Halden Lab/ }));
  await waitFor(() => expect(screen.queryByText(/counted by Tacklebox/)).not.toBeInTheDocument());
});

test("settings show what each token says of itself", async () => {
  const user = renderApp(withToken(9));
  await user.click(await screen.findByRole("button", { name: "Settings" }));
  const dialog = await screen.findByRole("dialog", { name: "Settings" });
  expect(within(dialog).getByRole("list", { name: "About Meridian Werke" })).toHaveTextContent(
    /Expires in 9 days/,
  );
  expect(await within(dialog).findAllByText(/1,204 calls/)).toHaveLength(2);
  await expectAccessible(dialog);
});
