import { choice, code, field, secret, whenChosen } from "./fake-specs";

export const methods = ["POST", "GET", "PUT", "PATCH", "DELETE"].map((method) => [method, method] as const);

/** The fields of a token request. */
export function oauthFields() {
  const shownWhen = whenChosen("auth.type", "OAUTH_CLIENT_CREDENTIALS");
  return [
    code("auth.oauth.endpoint", "Token URL", { required: true, shownWhen }),
    choice("auth.oauth.httpMethod", "Token method", methods.slice(0, 2), { shownWhen }),
    code("auth.oauth.clientId", "Client ID", { required: true, shownWhen }),
    secret("auth.oauth.clientSecret", "Client secret", { shownWhen }),
    field({
      path: "auth.oauth.parameters",
      label: "Extra parameters",
      shownWhen,
      kind: {
        type: "pairs",
        noun: "parameter",
        groups: ["body", "query", "header"].map((value) => ({ value, label: value })),
        secret: true,
      },
    }),
  ];
}
