import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { FakeBackend } from "~/backend/fake";
import { expectAccessible, renderApp } from "../../../test/render-app";

async function inspect(title: string, backend = new FakeBackend()) {
  const user = renderApp(backend);
  await screen.findByText(/^Read \d\d:\d\d$/);
  await user.click(screen.getByText(title, { selector: "bdi" }));
  const panel = await screen.findByRole("complementary", { name: "Details" });
  await within(panel).findByText("On or off");
  return { user, panel, backend, details: within(panel) };
}

test("the details say where secrets are and show what is set", async () => {
  const { panel, details } = await inspect("Floor counts to DWH");
  await expectAccessible(panel);
  expect(details.getAllByText("Stored by Butlr")).toHaveLength(2);
  expect(details.getByText("10 seconds")).toBeInTheDocument();
  expect(details.getByText("owner_team")).toBeInTheDocument();
  expect(details.getByText("X-API-Key")).toBeInTheDocument();
  expect(panel).not.toHaveTextContent("hld_live");
});

test("a revealed secret hides when the window loses the focus", async () => {
  const { user, panel, details, backend } = await inspect("Room occupancy to BMS");
  await user.click(details.getByRole("button", { name: "Reveal" }));
  expect(await details.findByText("hld_live_51f0c2")).toBeInTheDocument();
  expect(backend.argsOf("webhook_reveal")).toMatchObject([{ path: "auth.api_key.value" }]);

  fireEvent.blur(window);
  expect(panel).not.toHaveTextContent("hld_live_51f0c2");
});

test("a revealed secret hides on request and by itself after 30 s", async () => {
  const { user, panel, details } = await inspect("Room occupancy to BMS");
  await user.click(details.getByRole("button", { name: "Reveal" }));
  await user.click(await details.findByRole("button", { name: "Hide" }));
  expect(panel).not.toHaveTextContent("hld_live_51f0c2");

  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    fireEvent.click(details.getByRole("button", { name: "Reveal" }));
    await waitFor(() => expect(panel).toHaveTextContent("hld_live_51f0c2"));
    act(() => void vi.advanceTimersByTime(30_000));
    expect(panel).not.toHaveTextContent("hld_live_51f0c2");
  } finally {
    vi.useRealTimers();
  }
});

test("a secret that cannot be read back has no Reveal", async () => {
  const backend = new FakeBackend();
  backend.offer = {
    ...backend.offer,
    capabilities: { ...backend.offer.capabilities, storedSecrets: "writeOnly" },
  };
  const { details } = await inspect("Room occupancy to BMS", backend);
  expect(details.getByText("Not readable")).toBeInTheDocument();
  expect(details.queryByRole("button", { name: "Reveal" })).not.toBeInTheDocument();
});

test("copying a URL with hidden parts asks for the whole one", async () => {
  const { user, panel, details } = await inspect("Lobby people counter");
  expect(panel).toHaveTextContent("https://signage.halden.example/lobby?token=•••&screen=•••");
  await user.click(details.getByRole("button", { name: "Copy URL with its hidden parts" }));

  expect(await screen.findByText("URL copied, with its hidden parts")).toBeInTheDocument();
  expect(await navigator.clipboard.readText()).toBe(
    "https://signage.halden.example/lobby?token=lob-77f3&screen=2",
  );
  expect(panel).not.toHaveTextContent("lob-77f3");
});

test("copying a plain URL asks for nothing", async () => {
  const { user, details, backend } = await inspect("Echo");
  await user.click(details.getByRole("button", { name: "Copy URL" }));
  await screen.findByText("URL copied");
  expect(backend.argsOf("webhook_reveal")).toEqual([]);
});
