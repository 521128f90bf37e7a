/** Starts the page: a run is under way before anything is clicked. */

import { render } from "preact";
import { followAddress, readAddress } from "./address.js";
import { App } from "./app.js";
import { startKeeping } from "./keep/keep.js";
import { keepPage } from "./offline.js";
import { begin, startEngine } from "./state/lab.js";
import "./style.css";

const host = document.getElementById("lab");
if (host === null) throw new Error("The page has no place for the lab.");
if (new URLSearchParams(location.search).has("embed")) document.documentElement.dataset.embed = "";
const link = readAddress();
render(<App />, host);
startEngine(() => void begin({ link }));
void startKeeping();
keepPage();
followAddress((changed) => void begin({ link: changed }));
