// Maps that move together: each tells the others of its group where it looks.
(function (planner) {
  "use strict";

  class InStep {
    constructor(map) {
      this.map = map;
      this.moved = this.moved.bind(this);
    }

    join(group) {
      if (group === this.group) return;
      this.leave();
      if (!group) return;
      this.group = group;
      this.channel = new BroadcastChannel(`planner.${group}`);
      this.channel.onmessage = ({ data }) => this.told(data);
      this.map.on("move zoomend", this.moved);
      this.channel.postMessage({ ask: true });
    }

    leave() {
      this.channel?.close();
      this.map.off("move zoomend", this.moved);
      this.channel = this.group = null;
    }

    view() {
      const { lat, lng } = this.map.getCenter();
      return { lat, lng, zoom: this.map.getZoom() };
    }

    // Not while the map follows another one: nothing is said twice.
    moved() {
      if (this.following || this.map._animatingZoom) return;
      this.channel.postMessage({ view: this.view() });
      this.led = true;
    }

    told({ ask, view }) {
      if (ask) {
        if (this.led) this.channel.postMessage({ view: this.view() });
        return;
      }
      this.following = true;
      this.led = true;
      this.map.stop();
      this.map.setView([view.lat, view.lng], view.zoom, { animate: false });
      this.following = false;
    }
  }

  planner.InStep = InStep;
})((window.planner = window.planner || {}));
