import { mount } from "svelte";

import "./styles/fonts.css";
import "./styles/base.css";
import App from "./App.svelte";
import { startKeys } from "./lib/keys.svelte";
import { startRouter } from "./lib/router.svelte";
import { applySettings } from "./lib/settings.svelte";

applySettings();
startRouter();
startKeys();
mount(App, { target: document.getElementById("app")! });
