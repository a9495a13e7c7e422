<?xml version='1.0'?>
<ogr:FeatureCollection xmlns:gml='http://www.opengis.net/gml'/>
