"""python-docx looks for its templates from the folder of a module: that folder has to be there."""

from PyInstaller.utils.hooks import collect_data_files

datas = collect_data_files("docx")
module_collection_mode = "py"
