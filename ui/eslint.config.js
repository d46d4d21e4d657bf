import js from "@eslint/js";
import globals from "globals";
import hooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const bridge = {
  group: ["@tauri-apps/*"],
  message: "Only ui/src/backend may speak to Tauri; use the Backend interface.",
};
const features = {
  group: ["~/features/*", "../features/*", "~/app/*"],
  message: "Components know no feature; pass what they need as props.",
};

export default tseslint.config(
  { ignores: ["dist", "src/bindings"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  hooks.configs.flat["recommended-latest"],
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js"] } },
    },
    rules: {
      "no-alert": "error",
      "no-console": "error",
      "no-restricted-imports": ["error", { patterns: [bridge] }],
      "react-hooks/incompatible-library": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  { files: ["src/backend/**"], rules: { "no-restricted-imports": "off" } },
  {
    files: ["src/components/**"],
    rules: { "no-restricted-imports": ["error", { patterns: [bridge, features] }] },
  },
  { files: ["eslint.config.js"], ...tseslint.configs.disableTypeChecked },
);
