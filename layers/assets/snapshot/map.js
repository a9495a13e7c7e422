// The map of the page: started once, handed a scene at each change, clicks handed on.
(function (page) {
  "use strict";

  const { html } = page.parts;
  const DEEPEST = 20;
  const AROUND = 0.08; // of the extent, left free around it

  class PageMap {
    constructor(scenes, onClick) {
      this.scenes = scenes;
      this.looks = 0;
      this.box = html("div", { class: "pg-map", role: "application", "aria-label": page.words.t("map") });
      this.onClick = onClick;
    }

    // Once the box has its size on the page.
    start(view) {
      const { planner } = window;
      if (this.scenes.local) page.geometry.measurePlane();
      this.map = L.map(this.box, {
        crs: this.scenes.local ? page.geometry.localSystem() : L.CRS.EPSG3857,
        zoomControl: false,
        attributionControl: false,
        zoomSnap: 0.5,
        maxZoom: DEEPEST,
        minZoom: 3,
      });
      this.look(view);
      planner.start(this.map);
      this.map.on("click", ({ latlng }) => this.onClick(latlng.kind, latlng.id));
    }

    look(view) {
      const bounds = this.scenes.bounds();
      if (view && view.lat !== undefined && !this.scenes.local) this.map.setView([view.lat, view.lng], view.zoom ?? 13);
      else if (bounds) this.map.fitBounds(corners(bounds).pad(AROUND), { animate: false, maxZoom: 17 });
      else this.map.setView([0, 0], 3);
    }

    update({ chosen, dimmed, faint, look }) {
      if (look) this.looks += 1;
      if (this.scenes.many) this.scenes.many.faint = faint;
      window.planner.show(this.scenes.scene({ chosen, dimmed, look: look ? this.looks : 0 }));
      if (this.scenes.many && faint !== this.faint) this.map.fire("moveend");
      this.faint = faint;
    }
  }

  function corners([west, south, east, north]) {
    return L.latLngBounds([south, west], [north, east]);
  }

  page.PageMap = PageMap;
})((window.snapshotPage = window.snapshotPage || {}));
