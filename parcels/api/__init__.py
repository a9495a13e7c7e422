"""HTTP routes beside the pages; knows nothing of Streamlit."""
