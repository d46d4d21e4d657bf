import type { Connection } from "~/bindings/Connection";
import { booqableConnection, rentalTestWebhooks, rentalWebhooks } from "./fake-booqable";
import { labWebhooks, officeWebhooks, sampleConnection } from "./fake-data";
import { energyStagingWebhooks, energyWebhooks, epilotConnection } from "./fake-epilot";
import { noFacts } from "./fake-specs";
import type { StoredWebhook } from "./fake-webhooks";

export interface Organisation {
  connection: Connection;
  webhooks: StoredWebhook[];
}

const day = 24 * 3600 * 1000;

/** Two organisations of one vendor. */
export const twoOrganisations = (): Organisation[] => [
  { connection: sampleConnection({ id: "c-offices", label: "Halden Offices" }), webhooks: officeWebhooks() },
  {
    connection: sampleConnection({ id: "c-lab", label: "Halden Lab", environment: "sandbox" }),
    webhooks: labWebhooks(),
  },
];

/** Six organisations of three vendors, one of them with a token that ends in nine days. */
export const sixOrganisations = (): Organisation[] => [
  ...twoOrganisations(),
  { connection: epilotConnection({ id: "c-energy", label: "Auental Energie" }), webhooks: energyWebhooks() },
  {
    connection: epilotConnection({
      id: "c-energy-staging",
      label: "Meridian Werke",
      environment: "staging",
      facts: { ...noFacts, organisation: "739224", name: "Ops", expiresAtMs: Date.now() + 9 * day },
    }),
    webhooks: energyStagingWebhooks(),
  },
  { connection: booqableConnection({ id: "c-rental", label: "Kite & Paddle" }), webhooks: rentalWebhooks() },
  {
    connection: booqableConnection({
      id: "c-rental-test",
      label: "Kite & Paddle Test",
      environment: "sandbox",
    }),
    webhooks: rentalTestWebhooks(),
  },
];

export const sandboxOrganisations = (): Organisation[] => {
  const builtIn = { builtIn: true, environment: "sandbox" } as const;
  return [
    {
      connection: sampleConnection({ id: "sandbox-1", label: "Sample Offices", ...builtIn }),
      webhooks: officeWebhooks(),
    },
    {
      connection: sampleConnection({ id: "sandbox-2", label: "Sample Lab", ...builtIn }),
      webhooks: labWebhooks(),
    },
    {
      connection: epilotConnection({ id: "sandbox-3", label: "Sample Energy", ...builtIn }),
      webhooks: energyWebhooks(),
    },
    {
      connection: booqableConnection({ id: "sandbox-4", label: "Sample Rental", ...builtIn }),
      webhooks: rentalWebhooks(),
    },
  ];
};
