"""The pages, each a table of contents of components.

The folder is not called ``pages``: beside its script Streamlit takes a folder of that name for
its own older way to find pages, and refuses addresses that it does not know from there.
"""
