resource "aws_fsx_ontap_file_system" "this" { # expect: fail
}

resource "aws_fsx_windows_file_system" "this" { # expect: fail
}

resource "aws_fsx_lustre_file_system" "this" { # expect: fail
}

resource "aws_fsx_openzfs_file_system" "this" { # expect: fail
}
