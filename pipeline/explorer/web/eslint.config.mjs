import js from "@eslint/js";
import globals from "globals";

const UNSAFE = ["innerHTML", "outerHTML", "insertAdjacentHTML", "srcdoc"];
const RULES = {
  "prefer-const": "error",
  "no-var": "error",
  eqeqeq: "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-restricted-properties": [
    "error",
    ...UNSAFE.map((property) => ({ property, message: "text goes through dom.js" })),
  ],
};
export default [
  js.configs.recommended,
  { files: ["src/**/*.js"], languageOptions: { globals: globals.browser }, rules: RULES },
  { files: ["*.mjs"], languageOptions: { globals: globals.node }, rules: RULES },
];
