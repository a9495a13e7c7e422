"""The Streamlit shell: pages compose components, nothing else."""
